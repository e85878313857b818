#include "app/service/address.h"

#include "app/service/overview.h"

/* An address is Chinese in either language, as what people write in these fields is. */
static const char group_word[] = "组", house_word[] = "号";

/* A number alone gets its word; "桥头组" has it already. */
static void add(struct sbuf *out, const char *part, const char *word)
{
	if (part && *part)
		sbuf_addf(out, "%s%s", part, part[strspn(part, "0123456789")] ? "" : word);
}

void address_words(struct app *app, const struct record *resident, struct sbuf *out)
{
	const char *written = record_text(resident, "address"), *group = record_text(resident, "group"), *village;
	AUTO_ARENA struct arena mem = { 0 };

	if (written) {
		sbuf_adds(out, written);
		return;
	}
	village = record_name(app, KIND_ORGANISATION, record_text(resident, "village"), &mem);
	if (!group || !village || strncmp(group, village, strlen(village)) != 0) /* many groups are called after the village */
		add(out, village, "");
	add(out, group, group_word);
	add(out, record_text(resident, "place_name"), "");
	add(out, record_text(resident, "house"), house_word);
}
