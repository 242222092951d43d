"""`ContractObserver` under its former names, for tests that do not use the new ones yet."""

from tests.contract.observer import ContractObserver


class Watch(ContractObserver):
    """``of_services`` is now ``check_requests``, ``deviations`` is ``violations`` and ``told`` is ``report``."""

    def __init__(self, *, of_services: bool = True) -> None:
        super().__init__(check_requests=of_services)

    @property
    def deviations(self) -> list[str]:
        """The violations."""
        return self.violations

    def told(self) -> str:
        """The report."""
        return self.report()
