#include "app/base/net.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

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
