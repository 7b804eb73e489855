package com.ourvidz.diffusion.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The tensors of one component of a checkpoint, by the checkpoint's own names. {@link #under} gives the part below a
 * prefix, so that a layer asks for {@code weight} and its owner says where it lies.
 *
 * <p>Do not change the files while they are open.
 */
public final class Weights implements AutoCloseable {

    private final Path source;
    private final Set<SafetensorsFile> files;
    private final Map<String, Located> tensors;
    private final String prefix;
    private final ScalarType dtype;
    private final Optional<Deltas> deltas;
    private final Optional<Device> device; // empty: the CPU

    /** A tensor and the open file that it is in. */
    private record Located(SafetensorsFile file, StoredTensor tensor) {}

    private Weights(
            Path source,
            Set<SafetensorsFile> files,
            Map<String, Located> tensors,
            String prefix,
            ScalarType dtype,
            Optional<Deltas> deltas,
            Optional<Device> device) {
        this.source = source;
        this.files = files;
        this.tensors = tensors;
        this.prefix = prefix;
        this.dtype = dtype;
        this.deltas = deltas;
        this.device = device;
    }

    /**
     * Opens a component's weights. Nothing is read but the headers.
     *
     * @param folderOrFile a {@code .safetensors} file, its {@code .safetensors.index.json}, or a folder with {@code
     *     model.safetensors} or {@code diffusion_pytorch_model.safetensors}, in one file or in shards, or in a variant
     *     such as {@code fp16} where there is no other
     * @param dtype what floating-point tensors are converted to when they are got
     * @throws CheckpointException when there is no such file, or one of them is damaged or a pickle file
     */
    public static Weights open(Path folderOrFile, ScalarType dtype) {
        Path source = WeightFiles.find(folderOrFile);
        Map<String, SafetensorsFile> files = WeightFiles.open(source);
        Map<String, Located> tensors = new TreeMap<>();
        files.forEach((name, file) -> tensors.put(name, new Located(file, file.tensor(name))));
        return new Weights(source, Set.copyOf(files.values()), tensors, "", dtype, Optional.empty(), Optional.empty());
    }

    public boolean has(String name) {
        return tensors.containsKey(prefix + name);
    }

    /** Whether any tensor lies below the prefix: {@code hasUnder("conv_shortcut")} of {@code conv_shortcut.weight}. */
    public boolean hasUnder(String name) {
        return tensors.keySet().stream().anyMatch(tensor -> tensor.startsWith(prefix + name + "."));
    }

    /** The names of all tensors here, relative to this prefix, sorted. */
    public Set<String> names() {
        return tensors.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tensors below {@code name}: {@code under("conv_in").get("weight")} is {@code get("conv_in.weight")}. */
    public Weights under(String name) {
        return new Weights(source, files, tensors, prefix + name + ".", dtype, deltas, device);
    }

    /** The same tensors converted to another dtype when they are got: for the few layers that keep their own. */
    public Weights as(ScalarType other) {
        return new Weights(source, files, tensors, prefix, other, deltas, device);
    }

    /** The same tensors with something added to them. They are added in float32, and converted afterwards. */
    public Weights plus(Deltas added) {
        return new Weights(source, files, tensors, prefix, dtype, Optional.of(added), device);
    }

    /** The same tensors on another device than the CPU. */
    public Weights on(Device other) {
        return new Weights(source, files, tensors, prefix, dtype, deltas, Optional.of(other));
    }

    /**
     * These tensors by other names, for a reader who knows them by those. A tensor that several renames are about has
     * the names that the longest of them give; one that none is about is left out. Nothing is read.
     */
    public Weights renamed(List<Rename> renames) {
        Map<String, List<Rename>> byFrom = renames.stream().collect(Collectors.groupingBy(Rename::from));
        Map<String, Located> renamed = new TreeMap<>();
        for (String name : names()) {
            Located located = located(name);
            for (Rename rename : longest(byFrom, name)) {
                renamed.put(rename.apply(name), new Located(located.file, rename.cut(located.tensor)));
            }
        }
        return new Weights(source, files, renamed, "", dtype, deltas, device);
    }

    private static List<Rename> longest(Map<String, List<Rename>> byFrom, String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            List<Rename> renames = byFrom.getOrDefault(name.substring(0, end), List.of());
            if (!renames.isEmpty()) {
                return renames;
            }
        }
        return List.of();
    }

    /**
     * A copy of a tensor, contiguous, independent of the file: in the dtype of {@link #open} when it is a
     * floating-point tensor, as stored otherwise.
     *
     * <p>The copy belongs to the innermost {@link org.bytedeco.javacpp.PointerScope} that is open on this thread, and
     * is freed with it. To keep it longer, open a scope that lives as long as the model, or call {@code
     * retainReference()} on the copy.
     *
     * @param shape the shape that the configuration makes expect; none for a scalar
     * @throws CheckpointException when there is no such tensor or its shape is another
     */
    public Tensor get(String name, long... shape) {
        Located located = located(name);
        if (!located.tensor.hasShape(shape)) {
            throw misshapen(located, shape);
        }
        Tensor read = onCpu(located, name, shape);
        return device.map(other -> moved(read, other)).orElse(read);
    }

    private Tensor moved(Tensor read, Device other) {
        try (read) {
            return read.to(other, read.scalar_type());
        }
    }

    private Tensor onCpu(Located located, String name, long... shape) {
        return deltas.filter(added -> added.has(prefix + name))
                .map(added -> sum(located.file.read(located.tensor, ScalarType.Float), added.of(prefix + name, shape)))
                .orElseGet(() -> located.file.read(located.tensor, dtype));
    }

    private Tensor sum(Tensor exact, Tensor delta) {
        try (exact;
                delta) {
            exact.add_(delta);
            return exact.to(dtype);
        }
    }

    /** The shape that {@link #get} gives a tensor. */
    public List<Long> shape(String name) {
        return located(name).tensor.shape();
    }

    public ScalarType dtype() {
        return dtype;
    }

    /** Closes the files, for all that {@link #under} and {@link #renamed} gave too. Tensors that were got stay valid. */
    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }

    private Located located(String name) {
        Located located = tensors.get(prefix + name);
        if (located == null) {
            throw new CheckpointException(source + " holds no tensor '" + prefix + name
                    + "', which the component's config.json asks for. Check that both belong to the same checkpoint.");
        }
        return located;
    }

    private static CheckpointException misshapen(Located located, long... expected) {
        StoredTensor tensor = located.tensor;
        return new CheckpointException(located.file + ": tensor '" + tensor.name() + "' has shape " + tensor.shape()
                + " where the component's config.json asks for " + StoredTensor.list(expected)
                + ". Check that both belong to the same checkpoint.");
    }
}
