#include "screens/asked.h"

#include <errno.h>
#include <unistd.h>

#include "app/base/i18n.h"

enum { ANSWER_MAX = 16 * 1024 * 1024 };

void asked_init(struct asked *a, struct ui *ui, unsigned (*answered)(struct ui *ui, void *ctx), void *ctx)
{
	*a = (struct asked){ .ui = ui, .proc = PROC_INIT, .answered = answered, .ctx = ctx };
	sbuf_init(&a->text, ANSWER_MAX);
}

void asked_release(struct asked *a)
{
	if (!a->ui)
		return; /* its zeroes are no descriptor of ours */
	if (a->running)
		ui_unwatch(a->ui, a->proc.fd);
	proc_release(&a->proc);
	sbuf_release(&a->text);
}

static unsigned ready(struct ui *ui, void *ctx)
{
	struct asked *a = ctx;
	char buf[4096];
	ssize_t n;

	while ((n = read(a->proc.fd, buf, sizeof buf)) > 0)
		sbuf_add(&a->text, buf, (size_t)n);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return UI_HANDLED;
	ui_unwatch(ui, a->proc.fd);
	proc_ended(&a->proc, true);
	proc_release(&a->proc);
	a->proc = (struct proc)PROC_INIT;
	a->running = false;
	return a->answered(ui, a->ctx);
}

bool asked_ask(struct asked *a, const char *const args[])
{
	struct err err;

	if (a->running) {
		ui_say(a->ui, FACE_INFO, _("A moment ..."));
		return false;
	}
	sbuf_release(&a->text);
	sbuf_init(&a->text, ANSWER_MAX);
	if (!proc_start(&a->proc, args, &err)) {
		ui_fail(a->ui, &err);
		return false;
	}
	a->running = true;
	ui_watch(a->ui, &(struct source){ .fd = a->proc.fd, .ready = ready, .ctx = a });
	return true;
}

struct json_object *asked_json(struct asked *a, struct ui *ui)
{
	struct json_object *o = NULL;
	struct err err;

	if (a->text.full || !a->text.len)
		ui_say(ui, FACE_ERROR, a->text.full ? _("The answer is too long for this screen.") :
						      _("It ended without an answer; cunyi.log may say why."));
	else if (!json_parse(a->text.s, a->text.len, NULL, &o, &err))
		ui_fail(ui, &err);
	return o;
}

/* An example that is a command is for a command line: here a row of a page does it. */
static bool is_command(const char *example, const char **instead)
{
	static const struct {
		const char *begins, *instead; /* msgid */
	} rows[] = {
		{ "cunyi hub invite", N_("On the hub, on the page of the same name: Let a computer join.") },
		{ "cunyi hub serve", N_("On the page of the hub: Answer the others.") },
		{ "cunyi hub join", N_("On the page of the hub: Join the hub.") },
		{ "cunyi hub promote", N_("On the page of the hub: Take the hub's place.") },
		{ "--listen", N_("On the page of the hub: Answers at.") },
	};

	*instead = "";
	for (size_t i = 0; i < N_ELEMENTS(rows); i++)
		if (strncmp(example, rows[i].begins, strlen(rows[i].begins)) == 0)
			*instead = _(rows[i].instead);
	return **instead || strncmp(example, "cunyi ", 6) == 0 || strncmp(example, "--", 2) == 0;
}

bool asked_refused(const struct json_object *answer, struct ui *ui)
{
	struct json_object *refusal = json_object_is_type(answer, json_type_object) ? json_dict(answer, "error") : NULL;
	const char *message = json_text(refusal, "message"), *example = json_text(refusal, "example"), *instead = "";

	if (!message)
		return false;
	if (example && is_command(example, &instead))
		ui_say(ui, FACE_ERROR, "%s%s%s", message, *instead ? " " : "", instead);
	else if (example && *example)
		ui_say(ui, FACE_ERROR, _("%s For example: %s"), message, example);
	else
		ui_say(ui, FACE_ERROR, "%s", message);
	return true;
}
