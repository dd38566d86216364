/**
 * HTTP/2 (RFC 9113) below the requests: how a connection is found to speak it, its frames and their
 * limits, and one stream as the request that it carries.
 */
@NullMarked
package dev.serai.gateway.edge.http2;

import org.jspecify.annotations.NullMarked;
