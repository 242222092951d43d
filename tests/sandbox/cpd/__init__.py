"""The API of continuing professional development (CPD): records, their fields, and progress towards targets."""
