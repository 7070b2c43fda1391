"""The sample company: a pump maker whose people, goods and shipments tell one story.

Companies, persons and figures are invented. Everything is made through the actions with their
moments in the past, in the order of time, so numbers, audit trail and notices are as they would
have grown. docs/sample-company.md tells who is who and what to try first.
"""
