"""What records are described by: categories, methods and questions. Scope ``cpd:fields:read``, LE 1.84.

Brightspace lists none of them: their ids are known from records and from progress by category.
"""

from cpd.schemas import Category, Method, Question
from portal.brightspace import Read, Route, action

CATEGORY = Route("le", "/cpd/category/(categoryId)", since="1.84")
METHOD = Route("le", "/cpd/method/(methodId)", since="1.84")
QUESTION = Route("le", "/cpd/question/(questionId)", since="1.84")


@action("GET", CATEGORY, "cpd:fields:read")
def category(category_id: int) -> Read[Category]:
    """``GET le/cpd/category/(categoryId)``. Scope ``cpd:fields:read``, LE 1.84. Raises NotFound."""
    return Read(CATEGORY, Category, ids=(("categoryId", category_id),))


@action("GET", METHOD, "cpd:fields:read")
def method(method_id: int) -> Read[Method]:
    """``GET le/cpd/method/(methodId)``. Scope ``cpd:fields:read``, LE 1.84. Raises NotFound."""
    return Read(METHOD, Method, ids=(("methodId", method_id),))


@action("GET", QUESTION, "cpd:fields:read")
def question(question_id: int) -> Read[Question]:
    """``GET le/cpd/question/(questionId)``. Scope ``cpd:fields:read``, LE 1.84. Raises NotFound."""
    return Read(QUESTION, Question, ids=(("questionId", question_id),))
