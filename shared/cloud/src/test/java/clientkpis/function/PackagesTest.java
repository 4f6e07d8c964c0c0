package clientkpis.function;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The packages of this module depend on each other in one direction: `aws` and `upload` on none, `store` on these two,
/// `message` on these three, `function` on all.
@AnalyzeClasses(
        packages = {
            "clientkpis.aws",
            "clientkpis.upload",
            "clientkpis.store",
            "clientkpis.message",
            "clientkpis.function"
        },
        importOptions = DoNotIncludeTests.class)
class PackagesTest {
    private static final String AWS = "clientkpis.aws..";
    private static final String UPLOAD = "clientkpis.upload..";
    private static final String STORE = "clientkpis.store..";
    private static final String MESSAGE = "clientkpis.message..";
    private static final String FUNCTION = "clientkpis.function..";
    private static final String SDK = "software.amazon.awssdk..";
    private static final String MODEL = "clientkpis.kpi..";

    @ArchTest
    static final ArchRule theAdaptersKnowNothingOfClientsOrUploads = noClasses()
            .that()
            .resideInAPackage(AWS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(UPLOAD, STORE, MESSAGE, FUNCTION, MODEL);

    @ArchTest
    static final ArchRule anUploadIsPure = noClasses()
            .that()
            .resideInAPackage(UPLOAD)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AWS, STORE, MESSAGE, FUNCTION, SDK);

    @ArchTest
    static final ArchRule theStoresKnowNoMessageAndNoFunction = noClasses()
            .that()
            .resideInAPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MESSAGE, FUNCTION);

    @ArchTest
    static final ArchRule aMessageKnowsNoFunction = noClasses()
            .that()
            .resideInAPackage(MESSAGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FUNCTION);
}
