from aftersales.accounts.models.departments import Department
from aftersales.accounts.models.leave import Leave
from aftersales.accounts.models.users import RoleAssignment, User

__all__ = ["Department", "Leave", "RoleAssignment", "User"]
