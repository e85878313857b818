/* The 33 questions of the identification of constitutions 老年人中医药健康管理服务记录表, as the paper words them to be read out;
 * 9, 14, 17 and 28 have answers of their own.  Q(number, short words, page of the form, the question). */
#ifndef CUNYI_ELDERLY_QUESTIONS_H
#define CUNYI_ELDERLY_QUESTIONS_H

/* clang-format off */
#define TCM_QUESTIONS(Q) \
	Q(1, "精力充沛", "Full of energy", 2, "您精力充沛吗?(精神头足, 乐于做事)", \
		"Are you full of energy (lively, glad to do things)?"), \
	Q(2, "容易疲乏", "Tires easily", 2, "您容易疲乏吗?(稍微活动或做一点家务就感到累)", \
		"Do you tire easily (after a little housework)?"), \
	Q(3, "容易气短", "Short of breath", 2, "您容易气短, 呼吸短促, 接不上气吗?", \
		"Are you short of breath?"), \
	Q(4, "说话无力", "Weak voice", 2, "您说话声音低弱无力吗?(说话没有力气)", \
		"Is your voice low and weak?"), \
	Q(5, "闷闷不乐", "Gloomy", 2, "您感到闷闷不乐、情绪低沉吗?(心情不愉快, 情绪低落)", \
		"Do you feel gloomy and low?"), \
	Q(6, "紧张焦虑", "Anxious", 2, "您容易精神紧张、焦虑不安吗?(遇事是否心情紧张)", \
		"Are you easily tense and anxious?"), \
	Q(7, "孤独失落", "Lonely", 2, "您因为生活状态改变而感到孤独、失落吗?", \
		"Has a change in your life left you lonely or lost?"), \
	Q(8, "害怕受惊", "Easily frightened", 2, "您容易感到害怕或受到惊吓吗?", \
		"Are you easily afraid or frightened?"), \
	Q(9, "超重(BMI)", "Heavy (BMI)", 2, "您感到身体超重不轻松吗? BMI: 1 <24  2 24-  3 25-  4 26-  5 >=28", \
		"Too heavy? BMI: 1 <24  2 24-  3 25-  4 26-  5 >=28"), \
	Q(10, "眼睛干涩", "Dry eyes", 2, "您眼睛干涩吗?", \
		"Are your eyes dry?"), \
	Q(11, "手脚发凉", "Cold limbs", 2, "您手脚发凉吗?(不算天冷或穿得少引起的)", \
		"Are your hands and feet cold (not from weather or thin clothes)?"), \
	Q(12, "腹背怕冷", "Cold belly, back", 3, "您胃脘部、背部或腰膝部怕冷吗?(有一处或多处怕冷)", \
		"Do your stomach, back, loins or knees feel the cold?"), \
	Q(13, "不耐寒冷", "Feels the cold", 3, "您比一般人耐受不了寒冷吗?(比别人怕冬天或怕空调、电扇)", \
		"Do you bear cold worse than others?"), \
	Q(14, "容易感冒", "Catches colds", 3, "您容易患感冒吗? 一年: 1 少于2次  2 2-4次  3 5-6次  4 8次以上  5 几乎每月", \
		"Colds a year: 1 under 2  2 2-4  3 5-6  4 8 and more  5 nearly every month"), \
	Q(15, "鼻塞流涕", "Blocked nose", 3, "您没有感冒时也会鼻塞、流鼻涕吗?", \
		"Is your nose blocked or running without a cold?"), \
	Q(16, "口粘打鼾", "Sticky mouth, snores", 3, "您有口粘口腻, 或睡眠打鼾吗?", \
		"Is your mouth sticky, or do you snore?"), \
	Q(17, "容易过敏", "Allergies", 3, "您容易过敏吗? 1 从来没有  2 一年1-2次  3 3-4次  4 5-6次  5 每次遇到都过敏", \
		"Allergies: 1 never  2 1-2 a year  3 3-4  4 5-6  5 every time"), \
	Q(18, "起荨麻疹", "Hives", 3, "您的皮肤容易起荨麻疹吗?(风团、风疹块、风疙瘩)", \
		"Does your skin easily get hives?"), \
	Q(19, "皮下出血", "Bruises", 3, "您的皮肤会不知不觉出现青紫瘀斑、皮下出血吗?(没有外伤)", \
		"Do bruises appear without an injury?"), \
	Q(20, "皮肤抓痕", "Scratch marks", 3, "您的皮肤一抓就红, 并出现抓痕吗?", \
		"Does your skin redden and mark when scratched?"), \
	Q(21, "皮肤口干", "Dry skin, lips", 3, "您皮肤或口唇干吗?", \
		"Are your skin or lips dry?"), \
	Q(22, "麻木刺痛", "Numb, fixed pain", 3, "您有肢体麻木或固定部位疼痛的感觉吗?", \
		"Numb limbs, or pain always in the same place?"), \
	Q(23, "面部油腻", "Oily face", 4, "您面部或鼻部有油腻感或者油亮发光吗?", \
		"Is your face or nose oily?"), \
	Q(24, "面色晦黯", "Dull, brown spots", 4, "您面色或目眶晦黯, 或出现褐色斑块、斑点吗?", \
		"Is your face dull, or are there brown spots?"), \
	Q(25, "湿疹疮疖", "Eczema, boils", 4, "您有皮肤湿疹、疮疖吗?", \
		"Have you eczema or boils?"), \
	Q(26, "口干咽燥", "Dry throat", 4, "您感到口干咽燥、总想喝水吗?", \
		"Are your mouth and throat dry, always thirsty?"), \
	Q(27, "口苦异味", "Bitter mouth", 4, "您感到口苦或嘴里有异味吗?(口苦或口臭)", \
		"Have you a bitter taste or bad breath?"), \
	Q(28, "腹部肥大", "Large belly (waist)", 4, "您的腹部肥大吗? 腹围cm: 1 <80  2 80-85  3 86-90  4 91-105  5 >105", \
		"Large belly? Waist cm: 1 <80  2 80-85  3 86-90  4 91-105  5 >105"), \
	Q(29, "怕吃凉的", "Dislikes cold food", 4, "您吃(喝)凉的东西会感到不舒服, 或怕吃(喝)凉的吗?", \
		"Does cold food or drink not agree with you?"), \
	Q(30, "大便黏滞", "Sticky stools", 4, "您有大便黏滞不爽、解不尽的感觉吗?(容易粘在便坑壁上)", \
		"Are your stools sticky, never quite done?"), \
	Q(31, "大便干燥", "Dry stools", 4, "您容易大便干燥吗?", \
		"Are your stools often dry?"), \
	Q(32, "舌苔厚腻", "Thick tongue coat", 4, "您舌苔厚腻或有舌苔厚厚的感觉吗?(可由调查员看)", \
		"Is the coat of your tongue thick (the doctor may look)?"), \
	Q(33, "舌下瘀紫", "Purple under tongue", 4, "您舌下静脉瘀紫或增粗吗?(由调查员看)", \
		"Are the veins under the tongue purple or thick (the doctor looks)?")
/* clang-format on */

#endif
