/** Who asks: addresses as they are written, and proxies that are believed. */
@NullMarked
package io.generalbots.edge.address;

import org.jspecify.annotations.NullMarked;
