package cunyi.county;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseCoding;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Who may do what at a county's server.  The front (front.conf) knows each device by its certificate and tells role and
 * township by headers that nobody outside can set:
 *
 * <pre>
 *   device     sees and writes what bears its township's tag, and what belongs to nobody (organisations, staff); sees the
 *              county's policy for programs, which only the county writes
 *   hospital   sees and writes everything: a referral may come from any township
 *   county     the same, and exports
 *   (none)     /metadata only
 * </pre>
 *
 * Nobody deletes: mistakes are marked as entered in error.
 */
@Interceptor
public class TownshipRoles {
	public static final String SYSTEM = "urn:cunyi:scope";
	private static final Set<String> SHARED =
			Set.of("Organization", "Practitioner", "PractitionerRole", "Location", "CareTeam");
	private static final Set<RestOperationTypeEnum> OPEN =
			EnumSet.of(RestOperationTypeEnum.METADATA, RestOperationTypeEnum.GET_PAGE);
	private static final Set<RestOperationTypeEnum> CLINICS = EnumSet.of(
			RestOperationTypeEnum.READ, RestOperationTypeEnum.VREAD, RestOperationTypeEnum.SEARCH_TYPE,
			RestOperationTypeEnum.HISTORY_INSTANCE, RestOperationTypeEnum.TRANSACTION,
			RestOperationTypeEnum.CREATE, RestOperationTypeEnum.UPDATE);

	private static String header(RequestDetails request, String name) {
		String value = request == null ? null : request.getHeader(name);
		return value == null ? "" : value;
	}

	private static boolean isDevice(RequestDetails request) {
		return header(request, "X-Cunyi-Role").equals("device");
	}

	private static boolean bears(IBaseResource resource, String township) {
		for (IBaseCoding tag : resource.getMeta().getTag())
			if (SYSTEM.equals(tag.getSystem()) && township.equals(tag.getCode())) return true;
		return false;
	}

	/** Does this resource concern the township of a request?  A Basic may be anything: notes and reports of infectious diseases, too. */
	private static boolean concerns(RequestDetails request, IBaseResource resource) {
		return SHARED.contains(resource.fhirType()) || bears(resource, header(request, "X-Cunyi-Township")) || isPolicy(request, resource);
	}

	/** What the county asks of all programs. */
	private static boolean isPolicy(RequestDetails request, IBaseResource resource) {
		if (!resource.fhirType().equals("Basic")) return false;
		for (IBaseCoding code : request.getFhirContext().newTerser().getValues(resource, "Basic.code.coding", IBaseCoding.class))
			if ("urn:cunyi:record-kind".equals(code.getSystem()) && "sync-policy".equals(code.getCode())) return true;
		return false;
	}

	private static void mayRule(RequestDetails request, IBaseResource resource) {
		String role = header(request, "X-Cunyi-Role");

		if (!role.isEmpty() && !role.equals("county") && isPolicy(request, resource)) forbid("The policy is the county's.");
	}

	private static void forbid(String why) {
		throw new ForbiddenOperationException(why);
	}

	/** Entries of a transaction come by here, too, each as what it is. */
	@Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
	public void mayAsk(RequestDetails request, RestOperationTypeEnum what) {
		String role = header(request, "X-Cunyi-Role"), township = header(request, "X-Cunyi-Township");

		if (OPEN.contains(what)) return;
		if (what == RestOperationTypeEnum.DELETE) forbid("Nothing is deleted here: mark it as entered in error.");
		if (role.equals("hospital") || role.equals("county")) {
			if (what.name().startsWith("EXTENDED_OPERATION") && !role.equals("county")) forbid("Operations are the county's.");
			return;
		}
		if (!role.equals("device") || !township.matches("[0-9]{9}")) forbid("This device is not known here.");
		if (!CLINICS.contains(what)) forbid("A clinic's device does not do that here.");
	}

	@Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
	public void mayCreate(RequestDetails request, IBaseResource made) {
		mayRule(request, made);
		if (isDevice(request) && !concerns(request, made)) forbid(made.fhirType() + " without the tag of this device's township.");
	}

	@Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
	public void mayUpdate(RequestDetails request, IBaseResource before, IBaseResource after) {
		mayRule(request, before);
		mayRule(request, after);
		if (isDevice(request) && !(concerns(request, before) && concerns(request, after)))
			forbid(after.fhirType() + " of another township.");
	}

	@Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
	public void mayDelete(RequestDetails request, IBaseResource gone) {
		if (!header(request, "X-Cunyi-Role").isEmpty()) forbid("Nothing is deleted here: mark it as entered in error.");
	}

	/** What is not theirs is not shown, by whatever way it was asked for. */
	@Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
	public void mayShow(RequestDetails request, IPreResourceShowDetails shown) {
		if (!isDevice(request)) return;
		for (int i = 0; i < shown.size(); i++)
			if (shown.getResource(i) != null && !concerns(request, shown.getResource(i))) shown.setResource(i, null);
	}
}
