#include "sync/hub_int.h"

struct transport *hub_line_to(struct app *app, struct err *err)
{
	char key[HUB_KEY_TEXT], pin[HUB_PIN];

	if (!hub_own_key(app, key, pin, err))
		return NULL;
	return transport_http(key, err);
}
