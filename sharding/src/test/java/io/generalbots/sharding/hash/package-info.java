/** Tests of hashes and reshardings. */
@NullMarked
package io.generalbots.sharding.hash;

import org.jspecify.annotations.NullMarked;
