package clientkpis.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The packages depend on each other in one direction: the input on no other, the cloud on the input, the output on
/// both, and the commands on all.
@AnalyzeClasses(packages = "clientkpis.cli", importOptions = DoNotIncludeTests.class)
class CliPackagesTest {

    @ArchTest
    static final ArchRule commandsBuildOnOutputThatOnTheCloudAndThisOnTheInput = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("clientkpis.cli")
            .layer("output")
            .definedBy("clientkpis.cli.output")
            .layer("cloud")
            .definedBy("clientkpis.cli.cloud")
            .layer("input")
            .definedBy("clientkpis.cli.input")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("output")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cloud")
            .mayOnlyBeAccessedByLayers("cli", "output");
}
