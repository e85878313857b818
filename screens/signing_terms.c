#include "screens/signing_terms.h"

#include "screens/kit/prompt.h"

/* The last one: not yet. */
static const struct way {
	const char *words; /* msgid */
	struct contract_terms terms;
} ways[] = {
	{ N_("they signed themselves (a guardian for under 8)"),
	  { .signed_by = "0", .sign_method = "1", .guardian = true } },
	{ N_("by their thumb print (a guardian's for under 8)"),
	  { .signed_by = "0", .sign_method = "2", .guardian = true } },
	{ N_("a relative signed"), { .signed_by = "1", .sign_method = "1" } },
	{ N_("not yet: they wait for the signature"), { .pending = true } },
};

unsigned signing_terms_ask(struct ui *ui, int tag, size_t n, bool may_wait)
{
	AUTO_SBUF struct sbuf question = SBUF_INIT;
	const char *options[N_ELEMENTS(ways)];

	for (size_t i = 0; i < N_ELEMENTS(ways); i++)
		options[i] = _(ways[i].words);
	sbuf_addf(&question, ngettext("%zu contract: how was it signed?", "%zu contracts: how were they signed?", n), n);
	return prompt_choose(ui, tag,
		&(struct choose){ .question = question.s, .options = options, .n_options = N_ELEMENTS(ways) - !may_wait });
}

struct contract_terms signing_terms_of(int64_t choice)
{
	return ways[choice].terms;
}
