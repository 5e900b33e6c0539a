/** Device kinds, identities and what xenstore shows of a device, in libxl's terms. */
package org.xenledger.domain.device;
