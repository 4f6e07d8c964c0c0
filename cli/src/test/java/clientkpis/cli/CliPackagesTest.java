package clientkpis.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The packages depend on each other in one direction: the input on no other, the cloud on the input, the output on
/// both, what is said of files on the output, and the commands on all.
@AnalyzeClasses(packages = "clientkpis.cli", importOptions = DoNotIncludeTests.class)
class CliPackagesTest {

    @ArchTest
    static final ArchRule commandsBuildOnOutputThatOnTheCloudAndThisOnTheInput = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("clientkpis.cli")
            .layer("inspect")
            .definedBy("clientkpis.cli.inspect")
            .layer("output")
            .definedBy("clientkpis.cli.output")
            .layer("cloud")
            .definedBy("clientkpis.cli.cloud")
            .layer("input")
            .definedBy("clientkpis.cli.input")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("inspect")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("output")
            .mayOnlyBeAccessedByLayers("cli", "inspect")
            .whereLayer("cloud")
            .mayOnlyBeAccessedByLayers("cli", "output");
}
