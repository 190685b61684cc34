// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.apache.hc.core5.net.URIAuthority;
import org.eclipse.jetty.http.HttpURI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rule 8, with authorities that are put together from what parsers disagree about: a host that may
 * receive the headers is the same host for each client.
 */
class HostileAuthoritiesTest {
  private static final List<Destinations> DESTINATIONS =
      List.of(
          Destinations.inMesh(),
          Destinations.hosts("*.svc", "*.example.com"),
          Destinations.hosts("ratings", "127.0.0.1", "::1", "fd00::1"));

  private static final String[] FRAGMENTS =
      ("ratings|Ratings|my_x|evil.com|.svc|.example.com|localhost|xn--|-|.|:|::|@|80|/|\\|?|#|;|,"
              + "| |\t|\n|\u0000|%2f|%2e|%40|%00|%25eth0|%eth0|[|]|[::1]|::1|fd00::1|fec0::1|::ffff:"
              + "|127.0.0.1|127.1|10.0.0.1|8.8.8.8|0x7f|010|2130706433"
              + "|\u00e9|\u3002|\uff0e|\u212a|\u2488|\u0130|\u200b|\ud83d")
          .split("\\|", -1);

  /** How clients read the host of {@code http://authority/}; throws for what it refuses. */
  private enum Reader {
    JAVA {
      @Override
      @Nullable String host(String authority) throws URISyntaxException {
        return new URI("http://" + authority + "/").getHost();
      }
    },
    URL_CONNECTION {
      @Override
      String host(String authority) throws MalformedURLException {
        return new URL("http://" + authority + "/").getHost();
      }
    },
    OKHTTP {
      @Override
      String host(String authority) {
        return HttpUrl.get("http://" + authority + "/").host();
      }
    },
    APACHE {
      @Override
      String host(String authority) throws URISyntaxException {
        String unicode = URIAuthority.create(authority).getHostName();
        return IDN.toASCII(unicode, IDN.ALLOW_UNASSIGNED);
      }
    },
    JETTY {
      @Override
      @Nullable String host(String authority) {
        return HttpURI.from("http://" + authority + "/").getHost();
      }
    };

    abstract @Nullable String host(String authority)
        throws URISyntaxException, MalformedURLException;

    /** Returns null if the client refuses, so that nothing is sent. */
    @Nullable String hostOrNull(String authority) {
      try {
        String host = host(authority);
        return host == null || host.isEmpty() ? null : host;
      } catch (URISyntaxException | MalformedURLException | IllegalArgumentException refused) {
        return null;
      }
    }
  }

  @Test
  void rule8_includedAuthority_isOneHostForEachClient() {
    int[] included = {0};
    forEachAuthority(
        authority -> {
          for (Destinations destinations : DESTINATIONS) {
            if (destinations.includes(authority)) {
              included[0]++;
              assertOneHost(destinations, authority, authority);
            }
          }
        });
    assertThat(included[0]).isGreaterThan(100);
  }

  @Test
  void rule8_includedUri_isOneHostForEachClient() {
    int[] included = {0};
    forEachAuthority(
        authority -> {
          for (Destinations destinations : DESTINATIONS) {
            URI uri = uri(authority);
            if (uri != null && destinations.includes(uri)) {
              included[0]++;
              assertOneHost(destinations, uri.toString(), uri.getRawAuthority());
            }
          }
        });
    assertThat(included[0]).isGreaterThan(100);
  }

  private static void assertOneHost(Destinations destinations, String text, String authority) {
    Map<Reader, String> hosts = new TreeMap<>();
    for (Reader reader : Reader.values()) {
      String host = reader.hostOrNull(authority);
      if (host != null) {
        assertThat(destinations.includes(host)).as("%s by %s: %s", text, reader, host).isTrue();
        hosts.put(reader, normalized(host));
      }
    }
    // Not compared: each client repairs malformed punycode in its own way, within the label.
    if (!text.contains("xn--")) {
      assertThat(hosts.values().stream().distinct()).as("%s: %s", text, hosts).hasSizeLessThan(2);
    }
  }

  /** Returns an address in its canonical form, or a name in lower case without trailing dot. */
  private static String normalized(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]|%.*|\\.$", "");
    try {
      return name.contains(":") ? InetAddress.getByName(name).getHostAddress() : name;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(host, e);
    }
  }

  private static @Nullable URI uri(String authority) {
    try {
      return new URI("http://" + authority + "/");
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Calls with each sequence of up to two fragments, and with random longer ones. */
  private static void forEachAuthority(Consumer<String> action) {
    for (String first : FRAGMENTS) {
      action.accept(first);
      for (String second : FRAGMENTS) {
        action.accept(first + second);
      }
    }
    Random random = new Random(26); // the same in each run
    for (int i = 0; i < 40_000; i++) {
      StringBuilder authority = new StringBuilder();
      for (int length = 3 + random.nextInt(4); length > 0; length--) {
        authority.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
      }
      action.accept(authority.toString());
    }
  }
}
