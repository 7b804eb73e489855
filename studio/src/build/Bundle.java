import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the studio's files of its sources, run by the build: unpacks the web packages on the class path as a browser bundler wants them,
 * runs esbuild, writes the page that names the results, and compresses everything.
 *
 * <p>Arguments: the folder of the sources, and the build's folder.
 */
final class Bundle {

    private static final Pattern PACKAGE_NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z]+)\\.([a-z]+)}}");
    private static final List<String> ENTRIES = List.of("main.ts", "theme.ts", "styles.css", "icon.svg");

    private final Path sources;
    private final Path work;
    private final Path page;
    private final Path assets;

    private Bundle(Path sources, Path target) {
        this.sources = sources;
        this.work = target.resolve("npm");
        this.page = target.resolve("classes/com/ourvidz/studio");
        this.assets = page.resolve("assets");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Bundle(Path.of(arguments[0]), Path.of(arguments[1])).make();
    }

    private void make() throws IOException, InterruptedException {
        clear(assets);
        unpackPackages();
        esbuild();
        Files.writeString(page.resolve("index.html"), namingTheResults());
        try (var files = Files.walk(page)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".gz"))
                    .toList()) {
                compress(file);
            }
        }
    }

    private void esbuild() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program().toString()));
        ENTRIES.forEach(entry -> command.add(sources.resolve(entry).toString()));
        command.addAll(List.of(
                "--bundle",
                "--splitting",
                "--format=esm",
                "--target=es2022",
                "--minify",
                "--charset=utf8",
                "--loader:.svg=copy",
                "--legal-comments=linked",
                "--log-level=warning",
                "--entry-names=[name]-[hash]",
                "--chunk-names=[name]-[hash]",
                "--outdir=" + assets));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("NODE_PATH", work.resolve("node_modules").toString());
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("esbuild failed; it says above why");
        }
    }

    private Path program() throws IOException {
        try (var files = Files.walk(work.resolve("node_modules/@esbuild"))) {
            var program = files.filter(file -> file.getFileName().toString().matches("esbuild([.]exe)?"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("There is no esbuild for this machine"));
            if (!program.toFile().setExecutable(true)) {
                throw new IllegalStateException(program + " cannot be made executable");
            }
            return program;
        }
    }

    /** The page with {@code {{main.js}}} replaced by the name that has its hash. */
    private String namingTheResults() throws IOException {
        return PLACEHOLDER
                .matcher(Files.readString(sources.resolve("index.html")))
                .replaceAll(match -> Matcher.quoteReplacement(hashed(match.group(1), match.group(2))));
    }

    private String hashed(String name, String extension) {
        try (var files = Files.list(assets)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches(Pattern.quote(name) + "-[A-Z0-9]{8}[.]" + extension))
                    .reduce((one, other) -> {
                        throw new IllegalStateException("Two results for " + name + ": " + one + ", " + other);
                    })
                    .orElseThrow(() -> new IllegalStateException("No result for " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compress(Path file) throws IOException {
        try (var smallest = new Smallest(Files.newOutputStream(Path.of(file + ".gz")))) {
            Files.copy(file, smallest);
        }
    }

    /** Compressed once, so as small as it gets. */
    private static final class Smallest extends GZIPOutputStream {

        Smallest(OutputStream to) throws IOException {
            super(to);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private void unpackPackages() throws IOException {
        for (var jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (jar.endsWith(".jar")) {
                unpack(Path.of(jar));
            }
        }
    }

    /** A web package lies in its jar under its name and version; which folder it belongs to stands in its package.json. */
    private void unpack(Path jar) throws IOException {
        try (var archive = FileSystems.newFileSystem(jar, Map.of())) {
            var all = archive.getPath("META-INF/resources");
            if (!Files.isDirectory(all)) {
                return;
            }
            try (var files = Files.walk(all)) {
                var description = files.filter(file -> file.endsWith("package.json"))
                        .min(Comparator.comparingInt(Path::getNameCount))
                        .orElseThrow(() -> new IllegalStateException(jar + " has no package.json"));
                var name = PACKAGE_NAME.matcher(Files.readString(description));
                if (!name.find()) {
                    throw new IllegalStateException(jar + " has no name");
                }
                copy(description.getParent(), work.resolve("node_modules").resolve(name.group(1)));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to.resolve("package.json"))
                && Files.mismatch(to.resolve("package.json"), from.resolve("package.json")) == -1) {
            return; // unpacked by an earlier build
        }
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void clear(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
