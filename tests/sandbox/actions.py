"""All actions of the API: importing this module registers them in the route table."""

# ruff: noqa: F401

import tests.sandbox.api.version_actions
import tests.sandbox.awards.associations
import tests.sandbox.awards.catalogue
import tests.sandbox.awards.certificates
import tests.sandbox.awards.classlist
import tests.sandbox.awards.configuration
import tests.sandbox.awards.earnable
import tests.sandbox.awards.issued
import tests.sandbox.awards.library
import tests.sandbox.awards.sharing
import tests.sandbox.completion.completion_counts
import tests.sandbox.completion.exemptions
import tests.sandbox.completion.overdue_items
import tests.sandbox.completion.scheduled_items
import tests.sandbox.completion.topic_completions
import tests.sandbox.completion.user_progress
import tests.sandbox.content.access_lists
import tests.sandbox.content.bookmarks
import tests.sandbox.content.captions
import tests.sandbox.content.modules
import tests.sandbox.content.order
import tests.sandbox.content.overview
import tests.sandbox.content.pacing
import tests.sandbox.content.structure
import tests.sandbox.content.table_of_contents
import tests.sandbox.content.topic_files
import tests.sandbox.content.topics
import tests.sandbox.cpd.record_fields
import tests.sandbox.cpd.records
import tests.sandbox.cpd.target_progress
import tests.sandbox.people.attributes
import tests.sandbox.people.auditing
import tests.sandbox.people.classlist
import tests.sandbox.people.course_completion
import tests.sandbox.people.enrolments
import tests.sandbox.people.organization
import tests.sandbox.people.users
