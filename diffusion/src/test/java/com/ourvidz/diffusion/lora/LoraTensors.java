package com.ourvidz.diffusion.lora;

import com.ourvidz.diffusion.checkpoint.Written;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A {@code .safetensors} file of float32 tensors that a test makes. */
public final class LoraTensors {

    private final Map<String, float[]> values = new LinkedHashMap<>();
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    /** Numbers around 0 that depend on the seed alone. */
    public static float[] numbers(long seed, int count) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        IntStream.range(0, count).forEach(i -> numbers[i] = (float) random.nextGaussian() / 8);
        return numbers;
    }

    public LoraTensors put(String name, float[] numbers, long... shape) {
        if (LongStream.of(shape).reduce(1, (a, b) -> a * b) != numbers.length) {
            throw new IllegalArgumentException(name);
        }
        values.put(name, numbers);
        shapes.put(name, shape);
        return this;
    }

    public Path write(Path file) {
        StringBuilder header = new StringBuilder("{'__metadata__':{'format':'pt'}");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        values.forEach((name, numbers) -> {
            int begin = data.size();
            data.writeBytes(Written.floats(numbers));
            String shape =
                    LongStream.of(shapes.get(name)).mapToObj(Long::toString).collect(Collectors.joining(","));
            header.append(",'%s':{'dtype':'F32','shape':[%s],'data_offsets':[%d,%d]}"
                    .formatted(name, shape, begin, data.size()));
        });
        return Written.safetensors(file, header.append("}").toString(), data.toByteArray());
    }
}
