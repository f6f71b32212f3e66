"""The tables of a directory under one set of names (those of HSDS 3), and what each points to.

Older files call the same things otherwise; outside words are turned into these here, and only here.
"""

# What a table may point to: {column: table}. A row of a table in NEEDS_ONE stands only if one of its links holds.
LINKS: dict[str, dict[str, str]] = {
    "organization": {"parent_organization_id": "organization"},
    "program": {"organization_id": "organization"},
    "location": {"organization_id": "organization"},
    "service": {"organization_id": "organization", "program_id": "program", "location_id": "location"},
    "service_at_location": {"service_id": "service", "location_id": "location"},
    "contact": {
        "organization_id": "organization",
        "service_id": "service",
        "service_at_location_id": "service_at_location",
        "location_id": "location",
    },
    "phone": {
        "location_id": "location",
        "service_id": "service",
        "organization_id": "organization",
        "contact_id": "contact",
        "service_at_location_id": "service_at_location",
    },
    "address": {"location_id": "location", "organization_id": "organization"},
    "schedule": {
        "service_id": "service",
        "location_id": "location",
        "service_at_location_id": "service_at_location",
    },
    "language": {"service_id": "service", "location_id": "location", "phone_id": "phone"},
    "service_area": {"service_id": "service", "service_at_location_id": "service_at_location"},
    "cost_option": {"service_id": "service"},
    "required_document": {"service_id": "service"},
    "eligibility": {"service_id": "service"},
    "accessibility": {"location_id": "location"},
    "funding": {"organization_id": "organization", "service_id": "service"},
    "organization_identifier": {"organization_id": "organization"},
    "taxonomy": {},
    "taxonomy_term": {
        "taxonomy_id": "taxonomy"
    },  # its parent may stand in a part of the taxonomy nobody sent
    "attribute": {"taxonomy_term_id": "taxonomy_term"},  # and link_id, to whatever link_entity names
    "unit": {},
    "service_capacity": {"service_id": "service", "unit_id": "unit"},
    "url": {"organization_id": "organization", "service_id": "service"},
    "metadata": {},
    "meta_table_description": {},
}

# In this order every link points to a table already settled.
ORDER = tuple(LINKS)
MAIN = ("organization", "location", "service", "service_at_location")
# Rows that are kept as they are, on their own.
ALONE = frozenset({"taxonomy", "taxonomy_term", "unit", "meta_table_description", "program"})
# A row of these stands only with all of these links.
NEEDS_ALL = {
    "service": ("organization_id",),
    "service_at_location": ("service_id", "location_id"),
    "attribute": ("link_id", "taxonomy_term_id"),
    "service_capacity": ("service_id",),
    "program": ("organization_id",),
}
# A row of these stands whatever becomes of its links.
NEEDS_NONE = ALONE - {"program"} | {"organization", "location", "url", "metadata"}
NEEDS_CELL = {"organization": "name", "service": "name", "phone": "number", "taxonomy_term": "name"}

# What a file may be called (without its ending, small, "-" and " " as "_").
FILES = {
    **{name: name for name in LINKS},
    "organizations": "organization", "agencies": "organization", "programs": "program", "locations": "location", "sites": "location",
    "services": "service", "services_at_location": "service_at_location", "service_at_locations": "service_at_location",
    "services_at_locations": "service_at_location", "contacts": "contact", "phones": "phone", "addresses": "address",
    "physical_addresses": "address", "physical_address": "address", "postal_addresses": "address", "postal_address": "address",
    "mail_addresses": "address", "mail_address": "address", "schedules": "schedule", "regular_schedules": "schedule",
    "regular_schedule": "schedule", "holiday_schedules": "schedule", "holiday_schedule": "schedule", "languages": "language",
    "service_areas": "service_area", "cost_options": "cost_option", "payments_accepted": "cost_option", "payment_accepted": "cost_option",
    "required_documents": "required_document", "eligibilities": "eligibility", "accessibility_for_disabilities": "accessibility",
    "accessibilities": "accessibility", "fundings": "funding", "organization_identifiers": "organization_identifier",
    "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term", "attributes": "attribute", "other_attributes": "attribute",
    "service_attributes": "attribute", "service_attribute": "attribute", "service_taxonomy": "attribute", "services_taxonomy": "attribute",
    "service_taxonomies": "attribute", "units": "unit", "service_capacities": "service_capacity", "capacities": "service_capacity",
    "urls": "url", "meta_table_descriptions": "meta_table_description", "table_descriptions": "meta_table_description",
    "metadatas": "metadata",
}  # fmt: skip
MARKED = {  # a file whose name says more than its table
    "postal": ("postal_addresses", "postal_address", "mail_addresses", "mail_address"),
    "holiday": ("holiday_schedules", "holiday_schedule"),
}
NOT_DATA = {"datapackage", "base", "core_tables", "package", "schema"}

# Older and looser names of columns, by table; "" holds everywhere.
COLUMNS: dict[str, dict[str, str]] = {
    "": {"url": "website", "alternative_name": "alternate_name"},
    "service": {
        "eligibility_description": "eligibility", "minimum_age": "min_age", "maximum_age": "max_age", "fees_description": "fees_words",
        "taxonomy_ids": "taxonomy_ids",
    },
    "address": {"state": "state_province", "type": "address_type", "zip": "postal_code", "street_1": "address_1", "street": "address_1"},
    "phone": {"phone_number": "number", "number_type": "type", "ext": "extension"},
    "taxonomy_term": {"taxonomy_id": "taxonomy_id"},
    "schedule": {"days_of_week": "weekday", "day": "weekday"},
    "language": {"language": "name"},
    "required_document": {"document_name": "document"},
    "eligibility": {"eligibility_text": "eligibility"},
    "location": {"lat": "latitude", "lng": "longitude", "lon": "longitude", "long": "longitude"},
}  # fmt: skip

# Where JSON nests one object in another: {name of the member: table}. A list or a single object.
MEMBERS = {
    "organization": "organization", "program": "program", "programs": "program", "services": "service", "service": "service",
    "locations": "location", "location": "location", "service_at_locations": "service_at_location", "phones": "phone",
    "contacts": "contact", "addresses": "address", "schedules": "schedule", "languages": "language", "service_areas": "service_area",
    "cost_options": "cost_option", "required_documents": "required_document", "accessibility": "accessibility", "funding": "funding",
    "organization_identifiers": "organization_identifier", "attributes": "attribute", "taxonomy_term": "taxonomy_term",
    "taxonomy_detail": "taxonomy", "capacities": "service_capacity", "unit": "unit", "metadata": "metadata",
    "additional_urls": "url", "additional_websites": "url",
}  # fmt: skip


def table_of(stem: str) -> str | None:
    """The table a file of this name holds, or None."""
    return FILES.get(stem.strip().lower().replace("-", "_").replace(" ", "_"))


def mark_of(stem: str) -> str:
    """What else the file's name says: "postal", "holiday", or nothing."""
    plain = stem.strip().lower().replace("-", "_").replace(" ", "_")
    return next((mark for mark, stems in MARKED.items() if plain in stems), "")


def column(table: str, name: str) -> str:
    """The one name of a column."""
    plain = name.strip().lower()
    return COLUMNS.get(table, {}).get(plain) or COLUMNS[""].get(plain) or plain
