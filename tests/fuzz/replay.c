/* Runs a fuzz target over the files of a folder and reports in TAP; every crash that was ever found is kept there. */
#include <dirent.h>
#include <string.h>

#include "fuzz/fuzz.h"

static uint8_t *read_file(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");

	MUST(f != NULL);
	MUST(fseek(f, 0, SEEK_END) == 0);
	long len = ftell(f);

	MUST(len >= 0);
	rewind(f);
	*size = (size_t)len;
	uint8_t *data = malloc(*size + 1);

	MUST(data != NULL);
	MUST(fread(data, 1, *size, f) == *size);
	fclose(f);
	return data;
}

static int visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	struct dirent **list;
	int n = argc == 2 ? scandir(argv[1], &list, visible, alphasort) : -1;

	if (n < 0) {
		printf("Bail out! no folder %s\n", argc == 2 ? argv[1] : "given");
		return 1;
	}
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		char path[4096];
		size_t size;

		snprintf(path, sizeof(path), "%s/%s", argv[1], list[i]->d_name);
		uint8_t *data = read_file(path, &size);

		LLVMFuzzerTestOneInput(data, size);
		printf("ok %d - %s\n", i + 1, path);
		fflush(stdout);
		free(data);
		free(list[i]);
	}
	free(list);
	return 0;
}
