/* Reaching into a resource by a short path, and grafting our edit onto what somebody else wrote.
 *
 * A path is members joined by dots.  A member that is an array names the element wanted in braces:
 *   birthDate    name{use=official}.text    telecom{system=phone}.value    contact{}.name.text    (first element)
 * Reading finds the first element that has the member with that value; writing makes it when there is none. */
#ifndef SYNC_FHIR_DOC_H
#define SYNC_FHIR_DOC_H

#include <json-c/json.h>

#include "app/base/base.h"

/* Borrowed; NULL when nothing is there. */
struct json_object *doc_get(const struct json_object *doc, const char *path);
/* NULL unless it is a string. */
const char *doc_text(const struct json_object *doc, const char *path);

/* Takes value over; NULL does nothing. */
void doc_put(struct json_object *doc, const char *path, struct json_object *value);
/* text NULL or "": nothing is written. */
void doc_put_text(struct json_object *doc, const char *path, const char *text);

/* Adds to the array at a member (made when there is none).  Takes value over. */
void doc_add(struct json_object *doc, const char *member, struct json_object *value);

/* All extensions of the document with this url; the list too when none is left. */
void doc_drop_extension(struct json_object *doc, const char *url);

/* A deep copy, owned by the caller. */
struct json_object *doc_copy(const struct json_object *doc);

/* {"coding":[{"system":system,"code":code,"display":display}],"text":text}; NULLs are left out. */
struct json_object *doc_concept(const char *system, const char *code, const char *display, const char *text);
struct json_object *doc_coding(const char *system, const char *code, const char *display);
/* {"reference":"Type/id"} */
struct json_object *doc_reference(const char *type, const char *id);
/* The id in {"reference":"Type/id"}, also in an absolute one; NULL when it names another type or nothing. */
const char *doc_reference_id(const struct json_object *ref, const char *type);
/* Calls back with the text of each {"reference":text} anywhere in the document, until one answer is false: then so is this. */
bool doc_references(struct json_object *node, bool (*each)(const char *reference, void *ctx), void *ctx);

/* Is there an extension in it, or in one of its parts, that turns the meaning of what it stands in (modifierExtension)?  We know
 * none of them. */
bool doc_turned(const struct json_object *node);

/* Our edit on somebody else's document: what changed between base and ours is changed in theirs, all else of theirs
 * stays.  base is what we understood of theirs, encoded.  The elements of lists are matched by what names them (url,
 * system, use, relationship, linkId, reference), else by their whole value.  A new document, owned by the caller. */
struct json_object *doc_graft(const struct json_object *base, const struct json_object *ours,
	const struct json_object *theirs);

#endif
