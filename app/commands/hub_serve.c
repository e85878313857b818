/* cunyi hub serve: two processes.  One answers the other computers, confined before the first of them is heard (sync/confine.h); it
 * can start nothing and call nobody.  The other looks after it and starts the rounds that exchange our own records with the store,
 * each a process of its own: the first one may take minutes. */
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "app/base/lock.h"
#include "app/base/log.h"
#include "app/base/mem.h"
#include "app/base/proc.h"
#include "app/commands/commands.h"
#include "app/service/clinic_hub.h"
#include "sync/confine.h"
#include "sync/hub.h"

/* What the one that answers says to the one that looks after it. */
static const char changed_line[] = "changed";

static volatile sig_atomic_t stopped;

static void on_signal(int n)
{
	(void)n;
	stopped = 1;
}

static void catch_signals(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction on = { .sa_handler = on_signal };

	sigemptyset(&on.sa_mask);
	for (size_t i = 0; i < N_ELEMENTS(signals); i++)
		sigaction(signals[i], &on, NULL);
}

/* ---- answering -------------------------------------------------------------------------------------------------------- */

static void ready(void *ctx, const char *base)
{
	const struct cli *cli = ctx;

	confine_answering((const char *const[]){ cli->dir, NULL });
	if (cli->json) {
		struct json_object *o = json_object_new_object();

		json_set_text(o, "listening", base);
		cli_print_json(o);
	} else {
		printf(_("listening on %s\n"), base);
	}
	fflush(stdout);
}

static void changed(void *ctx)
{
	(void)ctx;
	puts(changed_line);
	fflush(stdout);
}

static bool is_stopped(void *ctx)
{
	(void)ctx;
	return stopped;
}

int cli_hub_answer(struct cli *cli, const char *listen, bool plain, const char *parent)
{
	const struct hub_serve o = { .listen = listen, .plain = plain, .ready = ready, .changed = changed, .stop = is_stopped,
		.ctx = cli };
	struct err err;

	catch_signals();
	prctl(PR_SET_PDEATHSIG, SIGTERM); /* nobody would start a round any more */
	stopped = stopped || getppid() != (pid_t)strtol(parent, NULL, 10); /* it ended meanwhile */
	return hub_serve(&cli->app, &o, &err) ? 0 : cli_fail(cli, &err);
}

/* ---- looking after it ------------------------------------------------------------------------------------------------- */

struct rounds {
	struct cli *cli;
	struct proc round;
	bool running, again;
};

static void start_round(struct rounds *r)
{
	const char *const args[] = { "--data", r->cli->dir, "--json", "sync", "--hub", NULL };
	struct err err;

	r->again = false;
	r->round = (struct proc)PROC_INIT;
	r->running = proc_start(&r->round, args, &err);
	if (!r->running)
		log_err("hub: starting a round", &err);
}

static bool hear(void *ctx, const char *line)
{
	struct rounds *r = ctx;

	if (strcmp(line, changed_line) != 0)
		return false;
	if (r->running)
		r->again = true;
	else
		start_round(r);
	return true;
}

/* Its figures are in the log of rounds. */
static bool look_after(void *ctx)
{
	AUTO_SBUF struct sbuf line = SBUF_INIT;
	struct rounds *r = ctx;

	while (r->running && proc_read_line(&r->round, &line) == PROC_LINE)
		sbuf_clear(&line);
	if (r->running && proc_ended(&r->round, false)) {
		proc_release(&r->round);
		r->running = false;
		if (r->again)
			start_round(r);
	}
	return stopped;
}

int cli_hub_serve(struct cli *cli, const char *listen, bool plain)
{
	char self[24];
	const char *args[8] = { "hub", "serve", HUB_APART, self };
	struct rounds r = { .cli = cli, .round = PROC_INIT };
	const struct apart_watch w = { .line = hear, .wake = look_after, .ctx = &r };
	AUTO_FREE char *path = clinic_hub_lock(&cli->app);
	AUTO_LOCK struct lock one = LOCK_INIT;
	int n = 4, status;
	struct err err;

	if (!lock_take(&one, path, &err))
		return cli_fail(cli, &err);

	if (listen) {
		args[n++] = "--listen";
		args[n++] = listen;
	}
	if (plain)
		args[n++] = "--plain";
	snprintf(self, sizeof self, "%ld", (long)getpid());
	catch_signals();
	signal(SIGPIPE, SIG_IGN); /* the screen that started it may be gone before it answers */
	status = cli_apart_watched(cli, n, args, &w);
	if (r.running) {
		proc_stop(&r.round);
		proc_ended(&r.round, true);
		proc_release(&r.round);
	}
	return status;
}
