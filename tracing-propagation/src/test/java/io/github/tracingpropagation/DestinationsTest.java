// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ratings:9080/",
        "http://RATINGS",
        "http://ratings./",
        "http://user:pw@ratings:9080/?x#y",
        "http://my_ratings:9080/",
        "http://localhost",
        "http://ratings.default.svc",
        "https://ratings.default.svc.cluster.local:443/x",
        "http://ratings.default.svc.cluster.local.",
        "http://127.0.0.1:80",
        "http://127.9.9.9",
        "http://10.0.0.1",
        "http://172.16.0.1",
        "http://172.31.255.255",
        "http://192.168.1.1",
        "http://[::1]:9080/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[fd12:3456::1]/",
        "http://[fdff:ffff::1%25eth0]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::FFFF:7F00:1]/"
      })
  void inMesh_includes(URI uri) {
    assertThat(Destinations.inMesh().includes(uri)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "http://evilsvc.cluster.local.example.com",
        "http://evilcluster.local",
        "http://ratings.default.svc.example.com",
        "http://ratings@example.com",
        "http://8.8.8.8",
        "http://172.32.0.1",
        "http://169.254.169.254/latest/meta-data",
        "http://[2001:db8::1]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fec0::1]/",
        "http://[feff::1]/",
        "http://[::ffff:8.8.8.8]/",
        "http://[::10.0.0.1]/",
        "http://[::ffff:0:10.0.0.1]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://[2002:a00:1::]/",
        "http://[2001:0:a00:1::]/",
        "http://[::]/",
        "http://0.0.0.0/",
        "http://134744072/",
        "http://0x8080808/",
        "http://010.8.8.8/",
        "http://10.0.0.1./",
        "http://xn--134744072-/",
        "http://a@b@my_ratings/",
        "http://my_ratings:80:80/",
        "http://my_ratings:x/",
        "mailto:someone@ratings",
        "/relative"
      })
  void inMesh_excludes(URI uri) {
    assertThat(Destinations.inMesh().includes(uri)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ratings",
        "RATINGS.",
        "ratings:9080",
        "ratings.:9080",
        "ratings:",
        "my_ratings:9080",
        "ratings.default.svc:9080",
        "127.0.0.1:9080",
        "::1",
        "[::1]",
        "[::1]:9080",
        "[0:0:0:0:0:ffff:127.0.0.1]:80",
        "fd00::1%eth0",
        "[fd00::1%25eth0]:80"
      })
  void authority_inMesh(String authority) {
    assertThat(Destinations.inMesh().includes(authority)).isTrue();
  }

  /** The last labels of most are in the mesh. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        ":",
        ":80",
        "[",
        "[]",
        "[]:80",
        "[ratings]",
        "[127.0.0.1]",
        "[[::1]]",
        "[::1",
        "::1]",
        "[::1]x",
        "[::1]:x",
        "[::1%]",
        "[::1%25eth0@evil.com]",
        "::1%eth0:80",
        "1::2::3",
        "::\uff11",
        "::ffff:010.0.0.1",
        "::ffff:127.1",
        "u@ratings",
        "u:80@ratings",
        "u@[::1]:80",
        "ratings:80@evil.com",
        "ratings:80:80",
        "ratings:-1",
        "ratings:+1",
        "ratings:\u0661",
        "ratings:80/",
        "http://ratings",
        "ratings ",
        "ratings,evil.com",
        "-ratings",
        "ratings-",
        "xn--134744072-",
        "caf\u00e9",
        "\u212aube",
        "\uff11\uff12\uff17.svc",
        ".svc",
        "a..svc",
        "a.svc..",
        "-.svc",
        "%2f.svc",
        "a\u3002svc",
        "evil.com/.svc",
        "evil.com:80/.svc",
        "evil.com#.svc",
        "evil.com?.svc",
        "evil.com\\.svc",
        "evil.com@.svc",
        "evil.com\u0000.svc",
        "evil.com .svc",
        "evil.com\n.svc"
      })
  void authority_ofUnknownHost_isIncludedOnlyByAny(String authority) {
    assertThat(Destinations.inMesh().includes(authority)).isFalse();
    assertThat(Destinations.hosts("*.svc", "ratings", "::1", "127.0.0.1").includes(authority))
        .isFalse();
    assertThat(Destinations.any().includes(authority)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ratings, http://ratings:9080, true",
    "Ratings., http://ratings, true",
    "ratings, http://ratings2, false",
    "ratings, http://ratings.example.com, false",
    "*.internal.example.com, http://a.internal.example.com, true",
    "*.internal.example.com, http://a.b.internal.example.com., true",
    "*.internal.example.com, http://internal.example.com, false",
    "*.internal.example.com, http://evilinternal.example.com, false",
    "*.internal.example.com, http://internal.example.com.evil.org, false",
    "127.0.0.1, http://127.0.0.1:80, true",
    "127.0.0.1, http://127.0.0.2, false",
    "::1, http://[0:0::1]/, true",
    "[::1], http://[::1]:80/, true",
    "my_ratings, http://u@my_ratings:1/, true"
  })
  void hosts_includes(String pattern, URI uri, boolean expected) {
    assertThat(Destinations.hosts("other", pattern).includes(uri)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "*.",
        ".",
        "a..b",
        ".a",
        "ratings:9080",
        "ratings:",
        "127.0.0.1:80",
        "[::1]:80",
        "fe80::1%eth0",
        "*..svc",
        "*.a@svc",
        "-ratings",
        "http://ratings",
        "ratings/x",
        "u@ratings",
        "a.*.b",
        "*a.b",
        "*.127.0.0.1",
        "256.1.1.1",
        "1.2.3",
        "caf\u00e9",
        "[::1",
        "::g",
        "10.0.0.0/8"
      })
  void hosts_notAHost_throws(String pattern) {
    assertThatThrownBy(() -> Destinations.hosts("ratings", pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("hosts: \"" + pattern + "\" is not a host; allowed: ");
  }

  @Test
  void hosts_none_throws() {
    assertThatThrownBy(Destinations::hosts)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hosts: no host is named; allowed: one or more hosts");
  }

  @Test
  void unknownHost_isIncludedOnlyByAny() {
    Destinations hosts = Destinations.hosts("ratings");

    assertThat(Destinations.any().includes((String) null)).isTrue();
    assertThat(Destinations.any().or(hosts).includes((String) null)).isTrue();
    assertThat(Destinations.inMesh().includes((String) null)).isFalse();
    assertThat(Destinations.any().and(hosts).includes((String) null)).isFalse();
    assertThat(hosts.or(Destinations.inMesh()).includes((String) null)).isFalse();
  }

  @Test
  void and_or_combine() {
    Destinations hosts = Destinations.hosts("*.example.com", "localhost");

    assertThat(hosts.or(Destinations.inMesh()).includes("ratings")).isTrue();
    assertThat(hosts.or(Destinations.inMesh()).includes("a.example.com")).isTrue();
    assertThat(hosts.and(Destinations.inMesh()).includes("ratings")).isFalse();
    assertThat(hosts.and(Destinations.inMesh()).includes("localhost")).isTrue();
  }

  @Test
  void toString_describes() {
    assertThat(Destinations.hosts("a", "*.b").or(Destinations.inMesh()))
        .hasToString("(hosts(a, *.b) or inMesh())");
  }
}
