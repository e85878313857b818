/* Inside app/base only: printing through json-c. */
#ifndef CUNYI_JSON_INT_H
#define CUNYI_JSON_INT_H

#include <json-c/json.h>

/* json-c prints into a buffer that it keeps inside the value, so printing needs a pointer to what is not const although
 * the value does not change for anybody else. */
const char *json_print(const struct json_object *v);

#endif
