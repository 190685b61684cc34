// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.InvalidSettingException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which header names a user may add. Names are matched in lower case. */
final class HeaderNames {
  /**
   * Headers of one message or one connection: another call of the same request would be wrong with
   * them. Not {@code x-forwarded-for} and {@code x-envoy-external-address}: each is the address of
   * the user, whichever service asks.
   *
   * @see <a href="https://www.iana.org/assignments/http-fields">HTTP Field Name Registry</a>
   */
  private static final Pattern PER_MESSAGE =
      anyOf(
          // the connection, and the hops so far
          "alt-used|close|connection|early-data|expect|forwarded|host|http2-settings|keep-alive",
          "max-forwards|proxy-.*|sec-token-binding|sec-websocket-.*|te|trailer|transfer-encoding",
          "upgrade|via|x-forwarded-(?:host|method|path|port|prefix|proto|scheme|server|ssl|uri)",
          // what the next proxy or server is to do, or by when
          "connect-timeout-ms|grpc-(?!trace-bin$).*|x-envoy-(?!external-address$).*",
          "x-http-method(?:-override)?|x-method-override|x-original-(?:host|method|uri|url)",
          "x-rewrite-url",
          // the body, and which response the sender can read
          "accept|accept-(?!language$).*|a-im|content-.*|(?:.*-)?digest|last-event-id|mime-version",
          "prefer|soapaction|x-grpc-web",
          // conditions, ranges, proofs
          "date|if|if-.*|range|dpop|signature-input|(?:.*-)?signature",
          // responses
          "access-control-.*|age|allow|alt-svc|authentication-info|cache-status|clear-site-data",
          "cross-origin-.*|etag|expires|last-modified|link|location|refresh|retry-after|server",
          "server-timing|set-cookie2?|strict-transport-security|traceresponse|vary|warning",
          "www-authenticate");

  /**
   * Headers that let whoever has them act for the user: by what they are usually called, such as
   * {@code x-api-key}, {@code x-amz-security-token} and {@code x-forwarded-client-cert}.
   * Hand-written lists of names often contain some; no host that is not named may get them.
   */
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          ".*(?:assertion|authentication|authori[sz]ation|cookie|credential|jwt|oidc|passwd|password"
              + "|saml|secret|token|(?<![a-z])auth$|(?<![a-z])(?:client|ssl|tls)?cert(?:ificate)?"
              + "|(?:access|api|app|application|auth|functions|private|secret|subscription)[-_]?key)"
              + "[s2]?(?:[^a-z0-9].*)?");

  private HeaderNames() {}

  /**
   * Returns the name in lower case.
   *
   * @throws InvalidSettingException if it is not a header name, or the header must not be forwarded
   */
  static String validate(String name) {
    if (!isToken(name)) {
      throw invalid(
          name, "is not a header name; allowed: ASCII letters, digits and !#$%&'*+-.^_`|~");
    }
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (PER_MESSAGE.matcher(lowerCase).matches()) {
      throw invalid(
          name,
          "belongs to one message or connection; allowed: any header that is valid for each call"
              + " that the request causes, such as end-user");
    }
    return lowerCase;
  }

  /** Returns whether the header, by its name in lower case, contains credentials. */
  static boolean isCredential(String lowerCase) {
    return CREDENTIALS.matcher(lowerCase).matches();
  }

  private static InvalidSettingException invalid(String name, String problem) {
    return new InvalidSettingException(
        "additionalHeaders", null, name, "\"" + name + "\" " + problem);
  }

  private static Pattern anyOf(String... names) {
    return Pattern.compile(String.join("|", names));
  }

  /** RFC 9110, section 5.1: a field name is a token. */
  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
