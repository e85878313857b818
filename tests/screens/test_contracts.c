/* Contracts: packages, what happens to a contract, lists, households and villages in one go, services given. */
#include "support/base/check.h"
#include "support/screens/clinic.h"

/* ---- packages ------------------------------------------------------------------------------------------------------------ */

static void packages(struct clinic *c)
{
	clinic_show(c, &package_list_screen, NULL);
}

static void package_new(struct clinic *c)
{
	clinic_show(c, &package_screen, NULL);
}

static void package_old(struct clinic *c)
{
	packages(c);
	stage_press(&c->stage, "2");
}

static void package_error(struct clinic *c)
{
	package_new(c);
	stage_press(&c->stage, "'2' Enter '又一个' F2");
}

static void pictures_of_packages(void **state)
{
	static const struct clinic_picture list[] = { { "typical", { 0 }, packages, true } };
	static const struct clinic_picture form[] = {
		{ "empty", { 0 }, package_new, false },
		{ "typical", { 0 }, package_old, true },
		{ "error", { 0 }, package_error, false },
	};

	(void)state;
	clinic_pictures("package-list", list, N_ELEMENTS(list));
	clinic_pictures("package", form, N_ELEMENTS(form));
}

/* Made by keys, then signed by its code. */
static void package__made_by_keys__is_signed(void **state)
{
	const char *huang, *id, *package;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	packages(&c);
	stage_press(&c.stage, "F4 '12' Enter '康复包' Enter 2 2 Enter");       /* code, name, kind, active, for everybody */
	stage_press(&c.stage, "Enter Enter '120' Enter Enter Enter '120' Enter"); /* valid always; fee, all of it one's own */
	stage_press(&c.stage, "5 '6' Enter 4 Enter F2");                       /* guidance, six times a quarter */
	package = clinic_newest(&c, "package", NULL);
	assert_string_equal(clinic_member(&c, KIND_PACKAGE, package, "name"), "康复包");
	assert_string_equal(clinic_member(&c, KIND_PACKAGE, package, "fee_total"), "12000");
	clinic_show(&c, &contract_screen, &(struct open_arg){ .resident = huang });
	stage_press(&c.stage, "'1,12' Enter 0 1 F2");
	id = clinic_newest(&c, "contract", huang);
	assert_non_null(id);
	assert_non_null(strstr(clinic_member(&c, KIND_CONTRACT, id, "packages"), "12"));
	assert_non_null(strstr(clinic_member(&c, KIND_CONTRACT, id, "items"), "\"planned\": 24"));
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "fee_total"), "12000");
	clinic_close(&c);
}

/* ---- what happens to a contract -------------------------------------------------------------------------------------------- */

/* 陈桂兰's contract ends in March: S shows it. */
static void contract_now(struct clinic *c)
{
	clinic_show(c, &contract_screen, &(struct open_arg){ .resident = clinic_id(c, "lan") });
}

static void contract_steps(struct clinic *c)
{
	contract_now(c);
	stage_press(&c->stage, "C-b");
}

static void contract_transfer(struct clinic *c)
{
	contract_steps(c);
	stage_press(&c->stage, "3");
}

static void pictures_of_contracts(void **state)
{
	static const struct clinic_picture all[] = {
		{ "running", { 0 }, contract_now, true },
		{ "steps", { 0 }, contract_steps, false },
		{ "transfer", { 0 }, contract_transfer, false },
	};

	(void)state;
	clinic_pictures("contract", all, N_ELEMENTS(all));
}

static void contract__handed_over__by_keys(void **state)
{
	struct clinic c;
	const char *lan, *old, *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	lan = clinic_id(&c, "lan");
	old = clinic_newest(&c, "contract", lan);
	clinic_save(&c, "team2", "team", "{'name':'溪头团队'}");
	contract_transfer(&c);
	stage_press(&c.stage, "F4 'xt' Enter F2");
	id = clinic_newest(&c, "contract", lan);
	assert_string_not_equal(id, old);
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "team"), clinic_id(&c, "team2"));
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, old, "status"), "transferred");
	clinic_close(&c);
}

/* The cursor is where something is missing: items that stand there are no reason to stop at the line for one more. */
static void contract__renewed__by_the_keys_of_a_new_one(void **state)
{
	struct clinic c;
	const char *huang, *old, *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	clinic_save(&c, "old", "contract",
		"{'resident':'%huang','team':'%team','start':'2025-11-25','packages':['1','2'],'signed_by':'0','sign_method':'1'}");
	old = clinic_id(&c, "old");
	clinic_show(&c, &contract_screen, &(struct open_arg){ .resident = huang });
	stage_press(&c.stage, "0 1 F2");
	id = clinic_newest(&c, "contract", huang);
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "status"), "active");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "items"), clinic_member(&c, KIND_CONTRACT, old, "items"));
	stage_press(&c.stage, "C-z 1");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, old, "status"), "active");
	clinic_close(&c);
}

/* A package more brings its items and its fee; what the doctor agreed on otherwise stays. */
static void contract__renewed__with_one_package_more(void **state)
{
	struct clinic c;
	const char *huang, *id, *items;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	clinic_save(&c, NULL, "package", "{'code':'12','name':'康复包','fee_total':12000,'items':[{'item':'7','times':6}]}");
	clinic_save(&c, NULL, "contract", "{'resident':'%huang','team':'%team','start':'2025-11-25','packages':['1'],"
		"'items':[{'item':'6','planned':9}],'signed_by':'0','sign_method':'1'}");
	clinic_show(&c, &contract_screen, &(struct open_arg){ .resident = huang, .field = "packages" });
	stage_press(&c.stage, "'1,12' Enter 0 1 F2");
	id = clinic_newest(&c, "contract", huang);
	items = clinic_member(&c, KIND_CONTRACT, id, "items");
	assert_non_null(strstr(items, "\"planned\": 9"));
	assert_non_null(strstr(items, "\"planned\": 6"));
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "fee_total"), "12000");
	clinic_close(&c);
}

/* Saved without a signature it waits, says so, and comes back with the cursor where the signature goes. */
static void contract__unsigned__is_asked_for_until_it_is_signed(void **state)
{
	struct clinic c;
	const char *wu, *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	wu = clinic_id(&c, "wu");
	clinic_show(&c, &contract_screen, &(struct open_arg){ .resident = wu });
	stage_press(&c.stage, "1 Enter F2");
	stage_shows(&c.stage, "1 协议待签");
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "办理 ^B 签约 拒签 撤回");
	stage_press(&c.stage, "C-b 1");
	stage_shows(&c.stage, "还差: 签约人, 签字方式");
	stage_press(&c.stage, "0 1 F2");
	id = clinic_newest(&c, "contract", wu);
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "status"), "active");
	stage_hides(&c.stage, "协议待签");
	clinic_close(&c);
}

/* Given up, and back again: a new contract, which renews nothing. */
static void contract__after_one_given_up__is_a_new_one(void **state)
{
	struct clinic c;
	const char *lan, *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	lan = clinic_id(&c, "lan");
	contract_steps(&c);
	stage_press(&c.stage, "2 1 '搬到厦门' Enter");
	clinic_show(&c, &contract_screen, &(struct open_arg){ .resident = lan });
	stage_hides(&c.stage, "续签");
	stage_press(&c.stage, "1 Enter 0 1 F2");
	id = clinic_newest(&c, "contract", lan);
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "start"), "2026-11-22");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "previous"), "");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "status"), "active");
	clinic_close(&c);
}

/* Handing over: the own team is no other team; and a draft of it is one still after kill -9. */
static void contract__handed_over__not_to_the_same_team(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	contract_transfer(&c);
	stage_press(&c.stage, "F4 Enter F2");
	stage_shows(&c.stage, "已经在这个团队");
	stage_press(&c.stage, "wait:10");
	clinic_close(&c);
	clinic_open(&c, &(struct clinic_start){ .keep_dir = true });
	stage_press(&c.stage, "Down End Enter");
	stage_shows(&c.stage, "转签");
	stage_press(&c.stage, "F2");
	stage_shows(&c.stage, "已经在这个团队");
	clinic_close(&c);
}

/* What the team can carry is said before it is signed, and after a household was. */
static void contract__of_a_full_team__says_so(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, NULL, "team", "{'id':'%team','revision':1,'capacity':2}");
	clinic_save(&c, "home", "household", "{'name':'黄水金'}");
	clinic_save(&c, NULL, "resident", "{'id':'%huang','revision':1,'household':'%home'}");
	clinic_show(&c, &contract_screen, &(struct open_arg){ .resident = clinic_id(&c, "huang") });
	stage_press(&c.stage, "1 Enter 0");
	stage_shows(&c.stage, "团队已签2份");
	stage_press(&c.stage, "Esc");
	clinic_show(&c, &household_sign_screen, &(struct open_arg){ .resident = clinic_id(&c, "huang") });
	stage_press(&c.stage, "F2 1");
	stage_shows(&c.stage, "全家签约1人: 团队已签2份");
	clinic_close(&c);
}

/* ---- several in one go ------------------------------------------------------------------------------------------------------ */

static void list(struct clinic *c)
{
	clinic_show(c, &contracts_screen, NULL);
	stage_press(&c->stage, "w Home Enter"); /* all villages */
}

static void list_marked(struct clinic *c)
{
	list(c);
	stage_press(&c->stage, "+ F2");
}

static void list_active(struct clinic *c)
{
	list(c);
	stage_press(&c->stage, "S-Tab");
}

static void pictures_of_lists(void **state)
{
	static const struct clinic_picture all[] = {
		{ "typical", { 0 }, list, true },
		{ "marked", { 0 }, list_marked, false },
		{ "active", { 0 }, list_active, false },
	};

	(void)state;
	clinic_pictures("contracts", all, N_ELEMENTS(all));
}

static void list__renews__whom_it_marked(void **state)
{
	struct clinic c;
	const char *wu, *old, *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	wu = clinic_id(&c, "wu");
	old = clinic_newest(&c, "contract", wu);
	list(&c);
	stage_press(&c.stage, "F2"); /* nobody is marked yet */
	stage_shows(&c.stage, "还没选人");
	stage_press(&c.stage, "+ F2 1 wait:10");
	stage_shows(&c.stage, "已续签1份");
	id = clinic_newest(&c, "contract", wu);
	assert_string_not_equal(id, old);
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "start"), "2026-12-02");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "signed_by"), "0");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, old, "status"), "renewed");
	clinic_close(&c);
}

/* ^Z takes back all that was renewed in one go, and never an earlier save in its place. */
static void list__takes_back__all_it_renewed(void **state)
{
	struct clinic c;
	const char *wu;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	wu = clinic_id(&c, "wu");
	clinic_save(&c, "second", "contract",
		"{'resident':'%huang','team':'%team','start':'2025-11-25','packages':['1'],'signed_by':'0','sign_method':'1'}");
	list(&c);
	stage_press(&c.stage, "+ F2 1 wait:10");
	stage_shows(&c.stage, "已续签2份");
	stage_press(&c.stage, "C-z");
	stage_shows(&c.stage, "续签2份");
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "已撤回");
	stage_shows(&c.stage, "共2人");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, clinic_newest(&c, "contract", wu), "status"), "active");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, clinic_id(&c, "second"), "status"), "active");
	stage_press(&c.stage, "C-z");
	stage_shows(&c.stage, "没有可以撤回的");
	clinic_close(&c);
}

/* Printed for a whole village, signed on paper at the doors: then noted in one go. */
static void list__signs__what_waited(void **state)
{
	struct clinic c;
	const char *wu, *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	wu = clinic_id(&c, "wu");
	list(&c);
	stage_press(&c.stage, "+ F2 4 wait:10"); /* not yet: they wait for the signature */
	stage_shows(&c.stage, "已续签1份");
	id = clinic_newest(&c, "contract", wu);
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "status"), "pending");
	stage_press(&c.stage, "Esc ':' 'daiqian' Enter w Home Enter");
	stage_shows(&c.stage, "F2签");
	stage_press(&c.stage, "+ F2");
	stage_hides(&c.stage, "先不签");
	stage_press(&c.stage, "2 wait:10");
	stage_shows(&c.stage, "已签1份");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "status"), "active");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "sign_method"), "2");
	stage_press(&c.stage, "C-z 1");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "status"), "pending");
	clinic_close(&c);
}

/* Who cannot be renewed is named, with the reason, and stays marked. */
static void list__says__who_could_not_be_renewed(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, "old", "package", "{'code':'99','name':'旧包','items':[{'item':'5','times':1}]}");
	clinic_save(&c, NULL, "contract",
		"{'resident':'%huang','team':'%team','start':'2025-11-25','packages':['99'],'signed_by':'0','sign_method':'1'}");
	clinic_save(&c, NULL, "package", "{'id':'%old','revision':1,'valid_to':'2026-06-30'}");
	list(&c);
	stage_press(&c.stage, "+ F2 1 wait:10");
	stage_shows(&c.stage, "已续签1份, 1份没成");
	stage_shows(&c.stage, "黄水金");
	clinic_close(&c);
}

static void household(struct clinic *c)
{
	clinic_save(c, "home", "household", "{'name':'黄水金'}");
	clinic_save(c, NULL, "resident", "{'name':'黄小宝','sex':'1','birth_date':'2023-05-01','household':'%home'}");
	clinic_save(c, NULL, "resident", "{'name':'黄阿嬷','sex':'2','birth_date':'1940-05-01','household':'%home'}");
	clinic_save(c, "son", "resident", "{'name':'黄大山','sex':'1','birth_date':'1985-05-01','household':'%home'}");
	clinic_save(c, NULL, "contract", "{'signed_by':'0','sign_method':'1','resident':'%son','team':'%team','start':'2026-03-01','packages':['1']}");
	clinic_show(c, &household_sign_screen, &(struct open_arg){ .resident = clinic_id(c, "son") });
}

static void household_nobody(struct clinic *c)
{
	clinic_show(c, &household_sign_screen, &(struct open_arg){ .resident = clinic_id(c, "huang") });
}

static void pictures_of_household(void **state)
{
	static const struct clinic_picture all[] = {
		{ "typical", { 0 }, household, true },
		{ "empty", { 0 }, household_nobody, false },
	};

	(void)state;
	clinic_pictures("household-sign", all, N_ELEMENTS(all));
}

static void household__signs__for_all_in_four_keys(void **state)
{
	struct clinic c;
	struct err err;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	household(&c);
	stage_press(&c.stage, "2 Space"); /* the one whose contract runs on */
	stage_shows(&c.stage, "还没到期");
	stage_press(&c.stage, "- F2");
	stage_shows(&c.stage, "没有打勾的人");
	stage_press(&c.stage, "1 E Backspace Backspace Backspace '1,77' Enter + F2 1"); /* a package that is not there */
	stage_shows(&c.stage, "77");
	stage_press(&c.stage, "E Backspace Backspace Backspace Backspace '1,4' Enter F2 1");
	stage_shows(&c.stage, "已给2人签约");
	assert_true(session_count(&c.session, &err));
	stage_press(&c.stage, "C-z");
	stage_shows(&c.stage, "2人");
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "已撤回");
	assert_null(clinic_newest(&c, "contract", clinic_id(&c, "huang")));
	clinic_close(&c);
}

/* ---- services given --------------------------------------------------------------------------------------------------------- */

static void with_promises(struct clinic *c)
{
	clinic_save(c, "signed", "contract",
		"{'resident':'%huang','team':'%team','start':'2026-04-01','packages':['1','2'],'signed_on':'2026-04-01','signed_by':'0','sign_method':'1'}");
	clinic_save(c, NULL, "followup",
		"{'resident':'%huang','programme':'htn','date':'2026-11-10','mode':'1','sbp':132,'dbp':78,'doctor':'%lxy',"
		"'salt_target':'1','drugs':[{'name':'氨氯地平'}]}");
	clinic_save(c, NULL, "service",
		"{'resident':'%huang','date':'2026-11-02','item':'4','content':'高血压讲座','doctor':'%lxy','sign_method':'2',"
		"'signer_name':'黄水金'}");
}

static void services(struct clinic *c)
{
	with_promises(c);
	clinic_show(c, &services_screen, &(struct open_arg){ .resident = clinic_id(c, "huang") });
}

static void services_none(struct clinic *c)
{
	clinic_show(c, &services_screen, &(struct open_arg){ .resident = clinic_id(c, "lin") });
}

static void service_new(struct clinic *c)
{
	with_promises(c);
	clinic_show(c, &service_screen, &(struct open_arg){ .resident = clinic_id(c, "huang") });
}

static void service_error(struct clinic *c)
{
	clinic_show(c, &service_screen, &(struct open_arg){ .resident = clinic_id(c, "lin") });
	stage_press(&c->stage, "4 F2");
}

static void pictures_of_services(void **state)
{
	static const struct clinic_picture list[] = {
		{ "typical", { 0 }, services, true },
		{ "empty", { 0 }, services_none, false },
	};
	static const struct clinic_picture form[] = {
		{ "typical", { 0 }, service_new, true },
		{ "error", { 0 }, service_error, false },
	};

	(void)state;
	clinic_pictures("services", list, N_ELEMENTS(list));
	clinic_pictures("service", form, N_ELEMENTS(form));
}

/* From the contract: what was given, one more by hand, counted at once; the record behind a line. */
static void service__by_keys__is_counted(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	services(&c);
	stage_shows(&c.stage, "健康咨询 0/2");
	stage_press(&c.stage, "F4 6 Enter 2 '量了血压, 讲了饮食' Enter 1 F2");
	stage_shows(&c.stage, "健康咨询 1/2");
	id = clinic_newest(&c, "service", clinic_id(&c, "huang"));
	assert_string_equal(clinic_member(&c, KIND_SERVICE, id, "item"), "6");
	assert_string_equal(clinic_member(&c, KIND_SERVICE, id, "date"), "2026-11-22");
	assert_string_equal(clinic_member(&c, KIND_SERVICE, id, "place"), "2");
	assert_string_equal(clinic_member(&c, KIND_SERVICE, id, "content"), "量了血压, 讲了饮食");
	assert_string_equal(clinic_member(&c, KIND_SERVICE, id, "sign_method"), "1");
	assert_string_equal(clinic_member(&c, KIND_SERVICE, id, "contract"), clinic_id(&c, "signed"));
	stage_press(&c.stage, "4 Enter"); /* the follow-up of the tenth */
	stage_shows(&c.stage, "132");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_packages),
		cmocka_unit_test(package__made_by_keys__is_signed),
		cmocka_unit_test(pictures_of_contracts),
		cmocka_unit_test(contract__handed_over__by_keys),
		cmocka_unit_test(contract__handed_over__not_to_the_same_team),
		cmocka_unit_test(contract__renewed__by_the_keys_of_a_new_one),
		cmocka_unit_test(contract__renewed__with_one_package_more),
		cmocka_unit_test(contract__unsigned__is_asked_for_until_it_is_signed),
		cmocka_unit_test(contract__after_one_given_up__is_a_new_one),
		cmocka_unit_test(contract__of_a_full_team__says_so),
		cmocka_unit_test(pictures_of_lists),
		cmocka_unit_test(list__renews__whom_it_marked),
		cmocka_unit_test(list__takes_back__all_it_renewed),
		cmocka_unit_test(list__signs__what_waited),
		cmocka_unit_test(list__says__who_could_not_be_renewed),
		cmocka_unit_test(pictures_of_household),
		cmocka_unit_test(household__signs__for_all_in_four_keys),
		cmocka_unit_test(pictures_of_services),
		cmocka_unit_test(service__by_keys__is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
