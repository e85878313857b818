#include "app/base/i18n.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <unistd.h>

#include "app/base/sbuf.h"

/* gettext's own state: catalogues are looked up anew when it changes (documented in gettext's manual, 11.2.7). */
extern int _nl_msg_cat_cntr;

static bool chinese = true;

/* A folder counts only with our catalogue in it: /usr/bin/locale is a program of glibc's. */
static bool has_catalogue(const char *dir)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;

	sbuf_addf(&path, "%s/zh_CN/LC_MESSAGES/cunyi.mo", dir);
	return access(path.s, R_OK) == 0;
}

/* Beside the binary, as it is built; or below the same prefix, as it is installed: it may be moved as a whole. */
static void bind_catalogues(void)
{
	static const char *const places[] = { "locale", "../share/locale" };
	const char *env = getenv("CUNYI_LOCALEDIR");
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

	if (env) {
		bindtextdomain("cunyi", env);
		return;
	}
	exe[n > 0 ? n : 0] = '\0';
	for (size_t i = 0; n > 0 && i < N_ELEMENTS(places); i++) {
		AUTO_SBUF struct sbuf dir = SBUF_INIT;

		sbuf_addf(&dir, "%.*s/%s", (int)(strrchr(exe, '/') - exe), exe, places[i]);
		if (has_catalogue(dir.s)) {
			bindtextdomain("cunyi", dir.s);
			return;
		}
	}
	bindtextdomain("cunyi", "/usr/share/locale");
}

void i18n_init(void)
{
	const char *loc = setlocale(LC_ALL, "");

	if (!loc || strcmp(nl_langinfo(CODESET), "UTF-8") != 0 || !strcmp(setlocale(LC_MESSAGES, NULL), "C"))
		setlocale(LC_ALL, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
	bind_catalogues();
	bind_textdomain_codeset("cunyi", "UTF-8");
	textdomain("cunyi");
	i18n_set_language("zh");
}

bool i18n_set_language(const char *lang)
{
	if (!strncmp(lang, "zh", 2))
		chinese = true;
	else if (!strncmp(lang, "en", 2))
		chinese = false;
	else
		return false;
	setenv("LANGUAGE", chinese ? "zh_CN" : "en", 1);
	_nl_msg_cat_cntr++;
	return true;
}

const char *i18n_language(void)
{
	return chinese ? "zh" : "en";
}

const char *term_text(const struct term *term)
{
	const char *s = chinese ? term->zh : term->en;

	return s ? s : "";
}
