package com.ourvidz.diffusion.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** XMP in MP4, in an outermost box of its own, as part 3 of Adobe's specification has it. */
final class XmpBox {

    private static final String TYPE = "uuid";
    private static final int HEADER = 8;

    /** What marks the box as one of XMP. */
    private static final byte[] XMP = ByteBuffer.allocate(16)
            .putLong(0xbe7acfcb97a942e8L)
            .putLong(0x9c71999491e3afacL)
            .array();

    private XmpBox() {}

    /** At the end, where nothing moves because of it. */
    static void append(Path file, String packet) throws IOException {
        byte[] text = packet.getBytes(StandardCharsets.UTF_8);
        int size = HEADER + XMP.length + text.length;
        ByteBuffer box = ByteBuffer.allocate(size).putInt(size);
        box.put(TYPE.getBytes(StandardCharsets.US_ASCII)).put(XMP).put(text);
        Files.write(file, box.array(), StandardOpenOption.APPEND);
    }

    static Optional<String> find(Path file, List<Box> boxes) throws IOException {
        for (Box box : boxes) {
            byte[] bytes = box.type().equals(TYPE) ? box.read(file) : new byte[0];
            if (bytes.length > XMP.length && Arrays.equals(bytes, 0, XMP.length, XMP, 0, XMP.length)) {
                return Optional.of(new String(bytes, XMP.length, bytes.length - XMP.length, StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }
}
