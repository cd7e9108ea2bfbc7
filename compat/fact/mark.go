package fact

// Mark is a word by which the output of a machine names a technology: the ID in
// /etc/os-release, the implementor of a JDK, the name of an image.
type Mark struct {
	In Place `json:"in"`
	// Text is the word as printed; upper and lower case are alike. In the names
	// and variants of images, in addresses and packages "#" stands for a number: "ubi#".
	Text string `json:"text"`
}

// Place is where a mark is printed.
type Place string

// The places of marks.
const (
	InOSRelease        Place = "os-release"        // ID of /etc/os-release, DISTRIB_ID, Distributor ID of lsb_release
	InOSName           Place = "os-name"           // full name of a system: "CentOS Stream"
	InWindowsVer       Place = "windows-ver"       // what `ver` prints before the version
	InUname            Place = "uname"             // first word of `uname -a`
	InMachine          Place = "machine"           // an architecture: "x86_64"
	InJavaImplementor  Place = "java-implementor"  // IMPLEMENTOR of $JAVA_HOME/release
	InJavaRelease      Place = "java-release"      // a key of $JAVA_HOME/release, or a word of its SOURCE: "GRAALVM_VERSION"
	InJavaVendor       Place = "java-vendor"       // a word of IMPLEMENTOR_VERSION and of what `java -version` prints
	InJavaRuntime      Place = "java-runtime"      // the runtime's name in `java -version` where no vendor follows it
	InJavaDistribution Place = "java-distribution" // what tools that set up Java call a build of it: "adopt" of setup-java, "tem" of SDKMAN's "17.0.12-tem"
	InBanner           Place = "banner"            // how a server names itself, before its version: "PostgreSQL"
	InColumn           Place = "column"            // the heading above a bare version: "version()"
	InProgram          Place = "program"           // a program that prints the version of its server: "mysqld"
	InClient           Place = "client"            // a program that prints a version of its own, not of a server: "psql"
	InJDBC             Place = "jdbc"              // what follows "jdbc:": "postgresql"
	InJDBCHost         Place = "jdbc-host"         // a host in a JDBC URL, or the class that leads to it: "rds.amazonaws.com"
	InStranger         Place = "stranger"          // what is not known, of whatever kind: a provider's host where nobody can tell what runs ("neon.tech"), a relative ("Greenplum")
	InServer           Place = "server"            // a word beside the name and version of another server whose protocol it speaks: "Percona"
	InPlain            Place = "plain"             // a word beside its name and version that says nothing of it, as of who packs it: "pgdg"
	InPrinted          Place = "printed"           // a word that a machine, an image or a file prints beside it and that makes it another thing where a question has it: "musl"
	InImage            Place = "image"             // an image's name behind its registry: "mssql/server", "ubi#/ubi"
	InImageVariant     Place = "image-variant"     // a word of an image's tag that names the system it holds: "ubi#"
	InEngine           Place = "engine"            // what a provider calls a database that it runs: "aurora-postgresql"
	InURL              Place = "url"               // an address that a JDK is downloaded from: "corretto.aws"
	InPackage          Place = "package"           // the name of a package: "openjdk-#-jdk"
	InPURL             Place = "purl"              // a package URL without its version: "pkg:generic/postgresql"
	InCPE              Place = "cpe"               // a CPE up to its product: "cpe:2.3:a:postgresql:postgresql"
)

// Places are the places of marks.
var Places = []Place{
	InOSRelease, InOSName, InWindowsVer, InUname, InMachine, InJavaImplementor, InJavaRelease, InJavaVendor,
	InJavaRuntime, InJavaDistribution, InBanner, InColumn, InProgram, InClient, InJDBC, InJDBCHost, InStranger, InServer, InPlain, InPrinted, InImage,
	InImageVariant, InEngine, InURL, InPackage, InPURL, InCPE,
}
