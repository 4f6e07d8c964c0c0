package clientkpis.local.invoke;

import clientkpis.local.template.LambdaCalls;
import clientkpis.local.template.Resource;
import clientkpis.local.template.Rights;
import clientkpis.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/// The functions of a template, by their logical ids. Those with the same zip share its classes.
public final class Functions implements AutoCloseable {
    private final Path scratch;
    private final Future<Set<String>> present;
    private final Map<String, String> environment;
    private final boolean ownProcesses;
    private final Engine engine;
    private final Map<String, LambdaFunction> functions = new LinkedHashMap<>();
    private final Map<Path, FunctionCode> codes = new ConcurrentHashMap<>();

    /// @param scratch an empty folder for the contents of the zips
    /// @param environment the variables that every function has
    /// @param ownProcesses whether each instance of a function runs in a process of its own
    public Functions(Path scratch, Map<String, String> environment, boolean ownProcesses, Engine engine) {
        this.scratch = scratch;
        this.ownProcesses = ownProcesses;
        this.present = engine.threads().submit(() -> ownProcesses ? Set.of() : FunctionCode.jarsOfTheApplication());
        this.environment = environment;
        this.engine = engine;
    }

    /// @param folder what `CodeUri` is relative to
    /// @throws TemplateException if the function's role does not allow what Lambda does with it
    public void add(Template template, Resource function, Path folder) {
        LambdaCalls.check(template, function);
        Path zip = folder.resolve(function.text("CodeUri")).normalize();
        if (!Files.isRegularFile(zip)) {
            throw function.error(zip + " does not exist: build the functions first");
        }
        functions.put(
                function.id(),
                new LambdaFunction(
                        function,
                        new Rights(template.grants(function)),
                        () -> codes.computeIfAbsent(zip, key -> unpacked(key, scratch.resolve(function.id()))),
                        environment,
                        ownProcesses,
                        engine));
    }

    private FunctionCode unpacked(Path zip, Path to) {
        try {
            return new FunctionCode(zip, to, present.get());
        } catch (Exception e) {
            throw new IllegalStateException(zip + " could not be unpacked", e);
        }
    }

    public Collection<LambdaFunction> all() {
        return functions.values();
    }

    /// @throws IllegalArgumentException when the template has no such function
    public LambdaFunction get(String id) {
        LambdaFunction function = functions.get(id);
        if (function == null) {
            throw new IllegalArgumentException("The template has no function " + id);
        }
        return function;
    }

    /// Creates an instance of every function while nothing waits for it, unless each is a process.
    public void warmUp() {
        if (ownProcesses) {
            return;
        }
        engine.threads().execute(() -> {
            for (LambdaFunction function : all()) {
                try {
                    function.warm();
                } catch (Exception e) {
                    engine.log().accept("The function " + function.id() + " could not be started: " + e);
                }
            }
        });
    }

    @Override
    public void close() throws IOException {
        all().forEach(LambdaFunction::close);
        for (FunctionCode code : codes.values()) {
            code.close();
        }
    }
}
