# village.awk: a village's list as a flat OpenDocument sheet: n residents with valid numbers, dates that are dates, cells with
# line breaks, commas and quotes, families, and five numbers that were typed as numbers (what every such list has).

function check(s,    i, sum) {
	sum = 0
	for (i = 1; i <= 17; i++)
		sum += substr(s, i, 1) * weight[i]
	return substr("10X98765432", sum % 11 + 1, 1)
}
function cell(text) {
	gsub(/&/, "\\&amp;", text)
	gsub(/</, "\\&lt;", text)
	gsub(/\n/, "</text:p><text:p>", text)
	printf "<table:table-cell office:value-type=\"string\"><text:p>%s</text:p></table:table-cell>", text
}
function date(y, m, d) {
	printf "<table:table-cell table:style-name=\"day\" office:value-type=\"date\" office:date-value=\"%04d-%02d-%02d\"/>", y, m, d
}
function number(text) {
	printf "<table:table-cell office:value-type=\"float\" office:value=\"%s\"/>", text
}
function pick(list, k,    a, count) {
	count = split(list, a, " ")
	return a[k % count + 1]
}

BEGIN {
	split("7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2", weight, " ")
	print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	print "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" office:version=\"1.2\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">"
	print "<office:automatic-styles><number:date-style style:name=\"ymd\" number:language=\"zh\" number:country=\"CN\"><number:year number:style=\"long\"/><number:text>/</number:text><number:month/><number:text>/</number:text><number:day/></number:date-style><style:style style:name=\"day\" style:family=\"table-cell\" style:parent-style-name=\"Default\" style:data-style-name=\"ymd\"/></office:automatic-styles>"
	print "<office:body><office:spreadsheet><table:table table:name=\"上坂村\">"
	printf "<table:table-row>"
	cell("上坂村居民花名册")
	print "</table:table-row><table:table-row>"
	count = split("序号 姓名 性别 身份证号码 出生日期 村 组 门牌号 户主 与户主关系 联系电话 家庭住址 民族 文化程度 既往病史 备注", head, " ")
	for (i = 1; i <= count; i++)
		cell(head[i])
	print "</table:table-row>"
	for (i = 1; i <= n; i++) {
		if (i % 3 == 1) {
			surname = pick("陈 林 黄 张 吴 李 王 郑 刘 蔡 杨 许", int(i / 3) * 7)
			house = int(i / 3) + 1
		}
		woman = i % 2 == 0
		given = pick("秀 志 美 建 丽 海 德 淑 桂 水", i) pick("英 明 玉 国 珍 清 福 芳 兰 生 树", i * 3)
		name = surname given
		if (i % 3 == 1)
			head_name = name
		y = 1930 + i * 37 % 85
		m = i % 12 + 1
		d = i % 28 + 1
		id = sprintf("350299%04d%02d%02d%02d%d", y, m, d, int(i / 28) % 100, woman ? i % 5 * 2 : i % 5 * 2 + 1)
		id = id check(id)
		printf "<table:table-row>"
		cell(i)
		cell(i % 10 ? name : surname "　" given)
		cell(woman ? "女" : "男")
		if (i % 400 == 0)
			number(substr(id, 1, 17) "0")
		else
			cell(id)
		date(y, m, d)
		cell("上坂村")
		cell(int(house / 100) + 1)
		cell(house)
		cell(head_name)
		cell(i % 3 == 1 ? "户主" : i % 3 == 2 ? "配偶" : woman ? "女" : "子")
		cell(sprintf("100%08d", i))
		cell(i % 9 ? "上坂村" house "号" : "上坂村" house "号,\n\"老屋\"旁")
		cell("汉族")
		cell(pick("小学 初中 文盲 高中", i))
		cell(i % 4 ? "无" : "高血压、糖尿病")
		cell(i % 50 ? "" : "堃、喆、镕、龑: 生僻字")
		print "</table:table-row>"
	}
	print "</table:table></office:spreadsheet></office:body></office:document>"
}
