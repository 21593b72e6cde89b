"""Signs a delivery with the library of Standard Webhooks' makers: SECRET ID SECONDS-AGO BODY."""

import sys
from datetime import datetime, timedelta, timezone

from standardwebhooks.webhooks import Webhook

secret, name, ago, body = sys.argv[1:]
at = datetime.now(tz=timezone.utc) - timedelta(seconds=int(ago))
print(int(at.timestamp()), Webhook(secret).sign(msg_id=name, timestamp=at, data=body))
