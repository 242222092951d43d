"""What CPD records are described by: categories, methods and questions."""

from cpd.schemas import Category, Method, Question
from portal.brightspace import Read, Service, get


class FieldService(Service):
    """Categories, methods and questions of CPD records, one by one; every action may raise NotFound.

    Brightspace lists none of them: their ids are known from records and from progress by category.
    """

    product, since, source = "le", "1.84", "https://docs.valence.desire2learn.com/res/cpd.html"
    scope = "cpd:fields:read"

    @get("/cpd/category/(categoryId)")
    def category(self, category_id: int) -> Read[Category]:
        """What a record is about."""
        return self.read(Category, categoryId=category_id)

    @get("/cpd/method/(methodId)")
    def method(self, method_id: int) -> Read[Method]:
        """How the credit of a record was earned."""
        return self.read(Method, methodId=method_id)

    @get("/cpd/question/(questionId)")
    def question(self, question_id: int) -> Read[Question]:
        """A question that is asked about each record."""
        return self.read(Question, questionId=question_id)
