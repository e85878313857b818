# Helpers of the scripts in this folder, which is their working folder.

# The program under test by its whole path.
whole_paths() {
	case ${BUILD:=build} in /*) ;; *) BUILD=$(cd ../.. && pwd)/$BUILD ;; esac
	case ${CUNYI:=$BUILD/cunyi} in /*) ;; *) CUNYI=$(cd ../.. && pwd)/$CUNYI ;; esac
	export BUILD CUNYI
}

# What the table of results is about: the scenarios and questions by name, and the servers' versions.
county_digest() {
	{
		grep -hE "^ *scenario\(|^  \['" contract.mjs wire.mjs answers.mjs
		grep -h '"@medplum/fhir-router"' medplum*/package.json
		grep -h '<hapi.version>' hapi/pom.xml
	} | sha256sum | cut -c1-16
}
