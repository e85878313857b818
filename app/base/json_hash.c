/* One number for all JSON values that mean the same (json_canonical()), without making the text: the hash of an object is
 * the sum over its members, so that their order does not matter. */
#include <sodium.h>

#include "app/base/json.h"

/* Sums and products of what an attacker could choose would collide; a fixed key is enough here, where a collision means
 * no more than that a change is not noticed. */
static const unsigned char key_of_hash[crypto_shorthash_KEYBYTES] = "cunyi json hash";

static uint64_t hash_bytes(char kind, const char *s, size_t n)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t h;

	crypto_shorthash(out, (const unsigned char *)s, n, key_of_hash);
	memcpy(&h, out, sizeof(h));
	return h ^ (uint64_t)(unsigned char)kind << 56 ^ (uint64_t)(unsigned char)kind;
}

static uint64_t mix(uint64_t h)
{
	h ^= h >> 33;
	h *= UINT64_C(0xff51afd7ed558ccd);
	h ^= h >> 33;
	h *= UINT64_C(0xc4ceb9fe1a85ec53);
	return h ^ h >> 33;
}

uint64_t json_hash_member(const char *key, uint64_t value)
{
	return value ? mix(hash_bytes('k', key, strlen(key)) ^ mix(value)) : 0;
}

static uint64_t hash_object(const struct json_object *v)
{
	uint64_t sum = 0;
	bool any = false;

	json_object_object_foreach(v, key, member) {
		uint64_t h = json_hash(member);

		any |= h != 0;
		sum += json_hash_member(key, h);
	}
	return any ? mix(sum) | 1 : 0;
}

/* An empty element keeps the place of an array's element. */
static uint64_t hash_element(const struct json_object *v)
{
	uint64_t h = json_hash(v);

	return h ? h : 7 + (uint64_t)json_object_get_type(v);
}

static uint64_t hash_array(const struct json_object *v)
{
	uint64_t h = UINT64_C(0x9e3779b97f4a7c15);
	size_t n = json_object_array_length(v);

	for (size_t i = 0; i < n; i++)
		h = mix(h + hash_element(json_object_array_get_idx(v, i))) * UINT64_C(0x9e3779b97f4a7c15);
	return n ? h | 1 : 0;
}

static uint64_t hash_number(const struct json_object *v)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	json_canonical(&text, v);
	return hash_bytes('n', text.s, text.len) | 1;
}

uint64_t json_hash(const struct json_object *v)
{
	struct json_object *same = NULL;

	switch (json_object_get_type(v)) {
	case json_type_object:
		return hash_object(v);
	case json_type_array:
		return hash_array(v);
	case json_type_int:
	case json_type_double:
		return hash_number(v);
	case json_type_string:
		memcpy(&same, &v, sizeof(same)); /* json-c reads without const */
		return json_object_get_string_len(v) ?
			hash_bytes('s', json_object_get_string(same), (size_t)json_object_get_string_len(v)) | 1 : 0;
	case json_type_boolean:
		return json_object_get_boolean(v) ? 3 : 5;
	case json_type_null:
	default:
		return 0;
	}
}
