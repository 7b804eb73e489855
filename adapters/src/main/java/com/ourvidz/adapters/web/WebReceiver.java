package com.ourvidz.adapters.web;

import com.ourvidz.core.webhook.Outcome;
import com.ourvidz.core.webhook.Receiver;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Endpoints over HTTPS on public addresses; on hosts that the operator vouches for, over HTTP too and wherever they are. The addresses that
 * were vetted are those that are dialled, and redirects are answers like any other.
 */
public final class WebReceiver implements Receiver, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int LONGEST_ANSWER = 1_024;

    private final Set<String> vouched;
    private final VettedNames names;
    private final GuardedClient client;

    /** @param vouched hosts in lower case */
    public WebReceiver(Set<String> vouched) {
        this(vouched, InetAddress::getAllByName, PublicAddresses::contain, LIMIT);
    }

    /** @param limit for a whole exchange, from the name's lookup to the last byte that is read */
    WebReceiver(Set<String> vouched, VettedNames.Names lookUp, Predicate<InetAddress> isPublic, Duration limit) {
        this.vouched = Set.copyOf(vouched);
        this.names = new VettedNames(lookUp, (host, address) -> isVouched(host) || isPublic.test(address));
        this.client = new GuardedClient(names, limit);
    }

    @Override
    public Optional<String> objection(String url) {
        var uri = Destinations.uri(url).filter(it -> it.getRawFragment() == null);
        if (uri.isEmpty()) {
            return Optional.of("url must be a URL of at most " + Destinations.LONGEST_URL
                    + " characters with a host, and without a user or a fragment.");
        }
        if (!schemeFits(uri.get())) {
            return Optional.of("url must begin with https://.");
        }
        return names.mayBeReachable(uri.get().getHost())
                ? Optional.empty()
                : Optional.of("url must lead to a public address.");
    }

    @Override
    public Outcome post(String url, Map<String, String> headers, byte[] json) {
        var uri = Destinations.uri(url).filter(this::schemeFits);
        if (uri.isEmpty()) {
            return Outcome.unanswered("Not sent: the operator no longer allows this URL.");
        }
        var request = new HttpPost(uri.get());
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        try {
            return client.within(() -> exchange(uri.get(), request), request::cancel);
        } catch (IOException e) {
            return Outcome.unanswered(sentence(e));
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** The answer is not closed, which would read it to its end: whoever waits for this stops the request, and its connection with it. */
    private Outcome exchange(URI uri, HttpPost request) throws IOException {
        var host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
        var answer = client.http().executeOpen(host, request, null);
        return new Outcome(
                Optional.of(answer.getCode()),
                beginning(answer),
                Optional.ofNullable(answer.getFirstHeader(HttpHeaders.RETRY_AFTER))
                        .map(NameValuePair::getValue));
    }

    /** As text on one line, whatever it is. */
    private static String beginning(ClassicHttpResponse answer) throws IOException {
        var entity = answer.getEntity();
        if (entity == null) {
            return "";
        }
        var bytes = entity.getContent().readNBytes(LONGEST_ANSWER);
        return new String(bytes, StandardCharsets.UTF_8)
                .replaceAll("\\p{C}+", " ")
                .strip();
    }

    private boolean schemeFits(URI uri) {
        return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isVouched(uri.getHost()));
    }

    private boolean isVouched(String host) {
        return vouched.contains(host.toLowerCase(Locale.ROOT));
    }

    /** For the endpoint's user, who is told nothing of the network that the platform is in. */
    private static String sentence(IOException e) {
        return switch (e) {
            case VettedNames.NotReachableException inside -> "Not sent: the host has an address that is not public.";
            case UnknownHostException unknown -> "The host's name is not known.";
            case SSLException tls -> "There is no secure connection to be had.";
            case InterruptedIOException late -> "No answer in time.";
            default -> "The connection failed.";
        };
    }
}
