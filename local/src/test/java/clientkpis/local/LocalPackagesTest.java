package clientkpis.local;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The packages depend on each other in one direction: the template on no other, the services on the template, the
/// functions on both, and the local cloud on all.
@AnalyzeClasses(packages = "clientkpis.local", importOptions = DoNotIncludeTests.class)
class LocalPackagesTest {

    @ArchTest
    static final ArchRule theCloudBuildsOnFunctionsTheyOnServicesAndTheseOnTheTemplate = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("local")
            .definedBy("clientkpis.local")
            .layer("trigger")
            .definedBy("clientkpis.local.trigger")
            .layer("invoke")
            .definedBy("clientkpis.local.invoke")
            .layer("service")
            .definedBy("clientkpis.local.service")
            .layer("template")
            .definedBy("clientkpis.local.template")
            .whereLayer("local")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("trigger")
            .mayOnlyBeAccessedByLayers("local")
            .whereLayer("invoke")
            .mayOnlyBeAccessedByLayers("local", "trigger")
            .whereLayer("service")
            .mayOnlyBeAccessedByLayers("local", "trigger", "invoke");
}
