package com.ourvidz.diffusion.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that a component's weights are in, as diffusers and transformers name them. */
final class WeightFiles {

    private static final String INDEX = ".safetensors.index";
    private static final List<String> NAMES = List.of("model", "diffusion_pytorch_model");

    private WeightFiles() {}

    /** The one file to open for {@code folderOrFile}: a {@code .safetensors} file or the index of several. */
    static Path find(Path folderOrFile) {
        if (!Files.exists(folderOrFile)) {
            throw new CheckpointException(folderOrFile + " is missing. Copy the whole checkpoint, or choose another.");
        }
        if (Files.isDirectory(folderOrFile)) {
            return inFolder(folderOrFile);
        }
        if (ForeignFormat.isPickleName(folderOrFile)) {
            throw ForeignFormat.PICKLE.refuse(folderOrFile);
        }
        return folderOrFile;
    }

    private static Path inFolder(Path folder) {
        List<Path> files = list(folder);
        return NAMES.stream()
                .flatMap(name -> Stream.of(name + ".safetensors", name + INDEX + ".json"))
                .map(folder::resolve)
                .filter(files::contains)
                .findFirst()
                .orElseGet(() -> variant(folder, files));
    }

    /**
     * With no plain file, the only variant ({@code model.fp16.safetensors}, {@code model.safetensors.index.fp16.json}),
     * fp16 first.
     */
    private static Path variant(Path folder, List<Path> files) {
        List<Path> variants = files.stream().filter(WeightFiles::isVariant).toList();
        return variants.stream()
                .filter(file -> name(file).contains("fp16"))
                .findFirst()
                .or(() -> variants.stream().findFirst())
                .orElseThrow(() -> none(folder, files));
    }

    private static boolean isVariant(Path file) {
        String name = name(file);
        boolean shard = name.matches(".*-\\d+-of-\\d+\\..*");
        return !shard && (name.endsWith(".safetensors") || (name.contains(INDEX) && name.endsWith(".json")));
    }

    private static CheckpointException none(Path folder, List<Path> files) {
        return files.stream()
                .filter(ForeignFormat::isPickleName)
                .findFirst()
                .map(ForeignFormat.PICKLE::refuse)
                .orElseGet(() -> new CheckpointException(
                        folder + " holds no .safetensors file. Copy the whole checkpoint, or choose another."));
    }

    /** Opens the file, or each shard of an index; gives the file of each tensor by its name. */
    static Map<String, SafetensorsFile> open(Path source) {
        Map<String, SafetensorsFile> tensors = new TreeMap<>();
        if (name(source).contains(INDEX)) {
            openShards(source, tensors);
        } else {
            SafetensorsFile file = SafetensorsFile.open(source);
            file.names().forEach(name -> tensors.put(name, file));
        }
        return tensors;
    }

    private static void openShards(Path index, Map<String, SafetensorsFile> tensors) {
        Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
        try {
            Config places = Config.read(index).section("weight_map");
            for (String name : places.names()) {
                SafetensorsFile shard =
                        shards.computeIfAbsent(places.text(name), file -> SafetensorsFile.open(shard(index, file)));
                tensors.put(name, shard);
                shard.tensor(name);
            }
        } catch (RuntimeException e) {
            shards.values().forEach(SafetensorsFile::close);
            throw e;
        }
    }

    /** A shard lies beside its index; a name that leads elsewhere is refused. */
    private static Path shard(Path index, String name) {
        if (!name.matches("[\\w.-]+\\.safetensors")) {
            throw new CheckpointException(index + ": '" + name + "' is not the name of a .safetensors file beside it");
        }
        return index.resolveSibling(name);
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new CheckpointException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
