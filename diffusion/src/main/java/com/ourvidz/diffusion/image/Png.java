package com.ourvidz.diffusion.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes 8-bit RGB pictures as PNG. The same picture and text give the same bytes.
 *
 * <p>Every row goes through the Paeth filter and the result is only Huffman-coded: on generated pictures that is both
 * smaller and several times faster than searching for repetitions, of which they have few.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG specification</a>
 */
public final class Png {

    /** The keyword under which XMP stands; its text must be in an {@code iTXt} chunk. */
    static final String XMP = "XML:com.adobe.xmp";

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Png() {}

    /**
     * Writes a picture and closes nothing.
     *
     * @param rgb {@code height * width * 3} bytes: rows from the top, red, green and blue of each pixel
     * @param text keywords (Latin-1, 1 to 79 characters) and their texts, of any characters but NUL
     * @throws IllegalArgumentException when {@code rgb} is not of that size
     */
    public static void write(OutputStream out, byte[] rgb, int width, int height, Map<String, String> text)
            throws IOException {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(rgb.length + " bytes are not an RGB picture of " + width + "x" + height);
        }
        out.write(SIGNATURE);
        chunk(out, "IHDR", header(width, height));
        for (Map.Entry<String, String> entry : text.entrySet()) {
            text(out, entry.getKey(), entry.getValue());
        }
        chunk(out, "IDAT", compressed(rgb, width, height));
        chunk(out, "IEND", new byte[0]);
        out.flush();
    }

    /**
     * Writes a picture to a file, which is replaced when it exists; otherwise as {@link #write(OutputStream, byte[],
     * int, int, Map)}.
     */
    public static void write(Path file, byte[] rgb, int width, int height, Map<String, String> text)
            throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out, rgb, width, height, text);
        }
    }

    private static byte[] header(int width, int height) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream(13);
        DataOutputStream data = new DataOutputStream(header);
        data.writeInt(width);
        data.writeInt(height);
        data.writeByte(8); // bits a sample
        data.writeByte(2); // RGB
        data.write(new byte[3]); // Deflate, adaptive filtering, not interlaced
        return header.toByteArray();
    }

    private static void text(OutputStream out, String keyword, String text) throws IOException {
        boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text) && !keyword.equals(XMP);
        Charset charset = latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(keyword.getBytes(StandardCharsets.ISO_8859_1));
        data.write(
                new byte[latin ? 1 : 5]); // the keyword's end; in iTXt also: uncompressed, no language, no translated
        // keyword
        data.write(text.replace("\0", "").getBytes(charset));
        chunk(out, latin ? "tEXt" : "iTXt", data.toByteArray());
    }

    private static byte[] compressed(byte[] rgb, int width, int height) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(rgb.length / 2);
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, deflater, 1 << 16)) {
            PaethFilter filter = new PaethFilter(rgb, 3 * width);
            for (int row = 0; row < height; row++) {
                out.write(filter.row(row));
            }
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }

    private static void chunk(OutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        DataOutputStream chunk = new DataOutputStream(out);
        chunk.writeInt(data.length);
        chunk.write(name);
        chunk.write(data);
        chunk.writeInt((int) crc.getValue());
    }
}
