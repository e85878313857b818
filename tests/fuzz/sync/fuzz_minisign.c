/* Any bytes as a signature, a public key and a secret key: refused, or read as what is written again the same. */
#include "app/base/mem.h"
#include "fuzz/fuzz.h"
#include "sync/minisign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = fuzz_string(data, size);
	AUTO_SBUF struct sbuf file = SBUF_INIT;
	struct minisign_signature sig;
	struct minisign_public pub, again;
	struct minisign_secret secret;
	unsigned char hash[MINISIGN_HASH] = { 0 };
	char word[MINISIGN_TEXT];
	struct err err = { 0 };

	if (minisign_public_read(&pub, text, &err)) {
		minisign_public_text(&pub, word);
		MUST(minisign_public_read(&again, word, &err) && memcmp(&pub, &again, sizeof(pub)) == 0);
	} else {
		MUST(err.message[0]);
		memset(&pub, 7, sizeof(pub));
	}
	if (minisign_parse(&sig, (const char *)data, size, &err)) {
		MUST(strlen(sig.comment) < MINISIGN_COMMENT_MAX);
		MUST(!minisign_verify(&pub, &sig, hash, &err)); /* nobody signed this content with it */
	}
	if (minisign_secret_read(&secret, text, &err)) {
		minisign_secret_write(&secret, &file);
		MUST(file.len < MINISIGN_FILE_MAX);
	}
	return 0;
}
