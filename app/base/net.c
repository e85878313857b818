#include "app/base/net.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdlib.h>

#include "app/base/i18n.h"

static const struct sockaddr_in *address_of(const struct ifaddrs *a)
{
	if (!a->ifa_addr || a->ifa_addr->sa_family != AF_INET || !(a->ifa_flags & IFF_UP) || a->ifa_flags & IFF_LOOPBACK)
		return NULL;
	return (const struct sockaddr_in *)(const void *)a->ifa_addr;
}

void net_addresses(struct sbuf *out)
{
	struct ifaddrs *all = NULL;

	if (getifaddrs(&all) != 0)
		return;
	for (const struct ifaddrs *a = all; a; a = a->ifa_next) {
		const struct sockaddr_in *in = address_of(a);
		char text[INET_ADDRSTRLEN];

		if (in && inet_ntop(AF_INET, &in->sin_addr, text, sizeof text))
			sbuf_addf(out, "%s%s", out->len ? ", " : "", text);
	}
	freeifaddrs(all);
}

static bool read_port(const char *text, long *out)
{
	char *end;

	*out = strtol(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && *out <= 65535;
}

bool net_read_address(const char *text, uint16_t usual, struct sockaddr_in *out, struct err *err)
{
	size_t n = strcspn(text, ":");
	char host[INET_ADDRSTRLEN];
	long port = usual;

	*out = (struct sockaddr_in){ .sin_family = AF_INET };
	snprintf(host, sizeof host, "%.*s", n < sizeof host ? (int)n : 0, text);
	if (inet_pton(AF_INET, host, &out->sin_addr) != 1 || (text[n] && !read_port(text + n + 1, &port))) {
		err_set(err, ERR_INVALID_VALUE,
			_("\"%s\" is no address to listen at: four numbers with points, a colon, and a port up to 65535."), text);
		return err_example(err, "192.168.1.10:7653");
	}
	out->sin_port = htons((uint16_t)port);
	return true;
}
