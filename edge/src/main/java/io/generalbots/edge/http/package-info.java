/** The door for proxies, and the page that explains a decision to people. */
@NullMarked
package io.generalbots.edge.http;

import org.jspecify.annotations.NullMarked;
