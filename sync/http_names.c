/* Names that are looked up before this process is confined.  Names of the local network (NAME.local) are told by another program of
 * the machine, which a confined process cannot ask; for all others libcurl asks the network itself. */
#include "sync/http_int.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include "app/base/path.h"

enum { HOST_MAX = 256, PORT_MAX = 65535, PORT_HTTPS = 443 };

static struct curl_slist *known; /* for the life of this process */

struct curl_slist *http_known(void)
{
	return known;
}

void transport_know(const char *host, int port, const char *address)
{
	char line[HOST_MAX + 64];
	struct curl_slist *grown;

	snprintf(line, sizeof(line), "%.255s:%d:%.45s", host, port, address);
	grown = curl_slist_append(known, line);
	if (grown)
		known = grown;
}

/* "https://hub.local:7653/fhir", "hub.local:7653", "hub.local". */
static void parts_of(const char *address, char host[HOST_MAX], int *port)
{
	const char *at = strstr(address, "://");
	size_t n;

	at = at ? at + 3 : address;
	n = strcspn(at, ":/?#");
	snprintf(host, HOST_MAX, "%.*s", n < HOST_MAX ? (int)n : 0, at);
	*port = at[n] == ':' ? (int)strtol(at + n + 1, NULL, 10) : 0;
	if (*port < 0 || *port > PORT_MAX)
		*port = 0;
}

void transport_look_up(const char *address, int usual_port)
{
	struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM }, *found = NULL;
	char host[HOST_MAX], text[INET_ADDRSTRLEN];
	int port;

	parts_of(address, host, &port);
	if (!path_has_ending(host, ".local") || getaddrinfo(host, NULL, &hints, &found) != 0)
		return;
	if (found && inet_ntop(AF_INET, &((struct sockaddr_in *)(void *)found->ai_addr)->sin_addr, text, sizeof(text)))
		transport_know(host, port ? port : usual_port ? usual_port : PORT_HTTPS, text);
	freeaddrinfo(found);
}
