import { expect, it } from "vitest";
import { completionOf } from "../../../src/transfers/upload/completion-answer.ts";

const prolog = '<?xml version="1.0" encoding="UTF-8"?>';
const answer = (bodyText: string, status = 200) => completionOf({ status, headers: {}, bodyText });

it("tells the object's entity tag and checksum", () => {
  const sum = "<ChecksumCRC32>AAAAAQ==</ChecksumCRC32><ChecksumType>FULL_OBJECT</ChecksumType>";
  const tag = "<ETag>&quot;abc-2&quot;</ETag>";
  const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  const whole = `${prolog}\n<CompleteMultipartUploadResult ${namespace}>${tag}${sum}</CompleteMultipartUploadResult>\n`;
  expect(answer(whole)).toEqual({ etag: '"abc-2"', sum: "AAAAAQ==" });
  // Spaces keep the connection alive while S3 puts the parts together.
  expect(answer(`   \n  ${whole}`)).toEqual({ etag: '"abc-2"', sum: "AAAAAQ==" });
  expect(answer(`${prolog}<CopyObjectResult><ETag>&#34;a&amp;b&#34;</ETag></CopyObjectResult>`).etag).toBe('"a&b"');
});

it.each([
  ["an error", `${prolog}<Error><Code>InternalError</Code><ETag>&quot;a&quot;</ETag></Error>`, 200],
  ["an error that names it", `<Error><Message>CompleteMultipartUploadResult</Message><ETag>a</ETag></Error>`, 200],
  ["half of an answer", `${prolog}<CompleteMultipartUploadResult><ETag>&quot;a&quot;</ETag>`, 200],
  ["no entity tag", "<CompleteMultipartUploadResult></CompleteMultipartUploadResult>", 200],
  ["a page", "<html>Agree to our terms</html>", 200],
  ["nothing", "", 200],
  ["another status", "<CompleteMultipartUploadResult><ETag>a</ETag></CompleteMultipartUploadResult>", 500],
])("is none of %s", (_name, body, status) => {
  expect(answer(body, status)).toEqual({ etag: null, sum: null });
});
