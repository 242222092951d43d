import re, time, os
import pytest
from django.core.cache import cache
from portal.brightspace.credits import credits
LE="/d2l/api/le/(version)"
ROUTES={"auditees":LE+"/auditing/auditors/(auditorId)/auditees/","progress":LE+"/cpd/target/progress/user/(userId)","records":LE+"/cpd/record/user/(userId)","overdue":LE+"/overdueItems/","units":"/d2l/api/lp/(version)/enrollments/users/(userId)/orgUnits/","ofperson":LE+"/content/completions/(userId)/","incourse":LE+"/(orgUnitId)/content/completions/","uprog":LE+"/(orgUnitId)/content/userprogress/","toc":LE+"/(orgUnitId)/content/toc","versions":"/d2l/api/versions/"}
F={ "429_2":("429",dict(retry_after=2)),"429":("429",{}),"429_date":("429",dict(retry_after="date:20")),"429_garbage":("429",dict(retry_after="soon")),"429_huge":("429",dict(retry_after="99999999999")),"500":("500",{}),"502":("502",{}),"503":("503",{}),"html":("html",{}),"truncated":("truncated",{}),"cut":("cut_json",{}),"drop":("drop",{}),"drop_after":("drop_after",{}),"slow":("slow",dict(delay_ms=30000)),"drip":("drip",dict(delay_ms=200)),"drip_headers":("drip_headers",dict(delay_ms=200)),"big":("big",{}),"bomb":("big",dict(gzip=True)),"chunked":("big",dict(chunked=True)),"redirect":("redirect",{}),"empty":("empty",{}),"wrong":("wrong_type",{}),"nf":("not_found",{}),"next":("next_elsewhere",{}),"ms":("no_milliseconds",{}),"extra":("extra",{}),"cookie":("set_cookie",{}),"expired":("expired",{}),"401":("401",{}),"418":("418",{}),"409":("409",{}),"410":("410",{}),"400":("400",{})}
for s in ("not_authorized","insufficient_scope","no_scopes","errors","html","empty"): F["403_"+s]=("forbidden",dict(shape=s))
HX={"HX-Request":"true"}
def rows(html):
    parts=re.split(r'(?=<tr role="row" data-person=)',html)
    return {int(re.match(r'<tr role="row" data-person="(\d+)"',p)[1]): re.sub(r'<time.*?</time>','T',p.split("</tr>")[0]) for p in parts[1:]}
def check(resp,sb,what,bad):
    text=resp.content.decode("utf-8","replace")+str(resp.headers)
    for leak in ("Traceback","eyJ",sb.url,"elsewhere.invalid","/d2l/","Bearer"):
        if leak in text: bad.append((what,"LEAK",leak))
    if resp.status_code>=500 and resp.status_code!=503: bad.append((what,"STATUS",resp.status_code))
    return text
@pytest.mark.parametrize("name",list(F))
def test_x(name,sign_in,sandbox,settings):
    settings.CACHES={"default":{"BACKEND":"django.core.cache.backends.locmem.LocMemCache","LOCATION":"x"}}
    kind,opt=F[name]
    b=sign_in(101); bad=[]
    b.raise_request_exception=False
    sandbox.control.set_auditees(101,[201,202,203,204])
    good=rows(b.get("/team/?figures=0.0",headers=HX).content.decode())
    assert len(good)==4
    settings.PORTAL_PAGE_SECONDS=1.0
    for rn,route in ROUTES.items():
        cache.clear(); credits.forget(); sandbox.control.clear_faults()
        sandbox.control.add_fault(kind,route=route,**opt)
        t=time.time()
        for what,url,hd in (("frame","/team/",{}),("frag","/team/?figures=0.0",HX),("csv","/team/export.csv",{}),("person","/people/201/",{}),("pcpd","/people/201/?panel=cpd",HX),("pcontent","/people/201/?panel=content",HX),("pcpdfull","/people/201/?panel=cpd",{})):
            if what=="csv" and name in("slow","drip","drip_headers"): continue
            try: r=b.get(url,headers=hd)
            except BaseException as e: bad.append((rn,what,repr(e)[:300])); continue
            text=check(r,sandbox,(rn,what),bad)
            if r.status_code!=200:
                loc=r.headers.get("Location") or r.headers.get("HX-Redirect")
                m=re.search(r'class="lede">(.*?)<',text) or re.search(r'data-sentence>(.*?)<',text)
                print(name,rn,what,r.status_code,loc, m and m[1])
            elif what=="frag":
                rr=rows(text)
                cells={c for row in rr.values() for c in re.findall(r'<summary>(.*?)</summary><p>(.*?)</p>',row)}
                sk=sum("skeleton" in row for row in rr.values())
                print(name,rn,"frag",len(rr),"skeleton",sk,cells, "changed",[p for p in good if rr.get(p)!=good[p]])
            elif what in("pcpd","pcontent"):
                print(name,rn,what,re.findall(r'class="note warn">(.*?)<',text)[:3],re.findall(r'<p class="muted">(Brightspace.*?)<',text)[:2])
        print("   took",round(time.time()-t,2))
    # one person only
    cache.clear(); credits.forget(); sandbox.control.clear_faults(); settings.PORTAL_PAGE_SECONDS=3
    for rn in ("progress","records","overdue","units"):
        cache.clear(); credits.forget(); sandbox.control.clear_faults()
        sandbox.control.add_fault(kind,route=ROUTES[rn],subject=202,**opt)
        b2=sign_in(101,b) if name in("expired","401") else b
        cache.clear()
        sandbox.control.set_auditees(101,[201,202,203,204])
        sandbox.control.add_fault(kind,route=ROUTES[rn],subject=202,**opt) if name in ("expired","401") else 0
        r=b.get("/team/?figures=0.0",headers=HX); rr=rows(r.content.decode())
        changed=[p for p in good if rr.get(p)!=good[p]]
        if set(changed)-{202}: bad.append(("ONE",rn,r.status_code,changed))
    sandbox.control.clear_faults()
    print("BAD",name,bad)
    assert not bad
